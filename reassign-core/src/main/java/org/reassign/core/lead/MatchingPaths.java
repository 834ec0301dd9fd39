package org.reassign.core.lead;

import java.util.List;
import java.util.stream.Stream;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkReader;
import org.reassign.core.store.Await;

/** The znodes that match a pattern, as ZooKeeper lists them now. */
final class MatchingPaths {
    private MatchingPaths() {}

    /** In the order of their names; where the pattern has no wildcard, the path itself, whether it is there or not. */
    static List<String> of(PathPattern pattern, ZkReader zk) {
        List<String> paths = List.of(pattern.root());
        for (int depth = 0; depth < pattern.depth(); depth++) {
            paths = paths.stream().flatMap(path -> children(path, zk)).toList();
        }
        return paths;
    }

    private static Stream<String> children(String path, ZkReader zk) {
        return Await.done(zk.getChildren(path)).orElse(List.of()).stream()
                .sorted()
                .map(child -> path + "/" + child);
    }
}
