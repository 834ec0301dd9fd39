package org.reassign.core.client;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletionStage;
import org.reassign.api.client.WaitingTarget;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.PathPattern;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.core.store.Await;

/** Reads the entries of all requests that are stored, in the order of their zxids; those that cannot be read are left out. */
final class StoredEntries {
    private StoredEntries() {}

    static List<WaitingTarget> read(ZkReader zk, List<NamedPlugin<RequestChannel>> channels) {
        return channels.stream()
                .flatMap(channel -> channel.plugin().decode(stored(zk, channel.plugin())).stream())
                .sorted(Comparator.comparingLong(StoredRequest::zxid))
                .flatMap(request -> request.entries().stream()
                        .filter(StoredRequest.Valid.class::isInstance)
                        .map(entry -> waiting(request, (StoredRequest.Valid) entry)))
                .toList();
    }

    private static WaitingTarget waiting(StoredRequest request, StoredRequest.Valid entry) {
        return new WaitingTarget(
                entry.partition(),
                entry.target(),
                request.id(),
                request.mechanism(),
                request.requester(),
                request.reason());
    }

    /** Requests before their values: the value of a request that was read is there, or settled. */
    private static ZkSnapshot stored(ZkReader zk, RequestChannel channel) {
        SortedMap<String, ZkNode> nodes = new TreeMap<>();
        channel.watches().forEach(pattern -> read(zk, paths(zk, pattern), nodes));
        channel.values().forEach(pattern -> read(zk, paths(zk, pattern), nodes));
        return new ZkSnapshot(nodes);
    }

    private static void read(ZkReader zk, List<String> paths, SortedMap<String, ZkNode> nodes) {
        List<CompletionStage<Optional<ZkNode>>> answers =
                paths.stream().map(zk::getData).toList();
        for (int i = 0; i < paths.size(); i++) {
            String path = paths.get(i);
            Await.done(answers.get(i)).ifPresent(node -> nodes.put(path, node));
        }
    }

    private static List<String> paths(ZkReader zk, PathPattern pattern) {
        List<String> paths = List.of(pattern.root());
        for (int depth = 0; depth < pattern.depth(); depth++) {
            List<String> parents = paths;
            List<CompletionStage<Optional<List<String>>>> answers =
                    parents.stream().map(zk::getChildren).toList();
            List<String> below = new ArrayList<>();
            for (int i = 0; i < parents.size(); i++) {
                String parent = parents.get(i);
                Await.done(answers.get(i)).orElse(List.of()).forEach(name -> below.add(parent + "/" + name));
            }
            paths = below;
        }
        return paths;
    }
}
