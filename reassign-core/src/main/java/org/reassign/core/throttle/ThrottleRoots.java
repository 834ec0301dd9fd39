package org.reassign.core.throttle;

import java.util.List;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;

/** The parents of leases and configurations. They are created once and stay. */
final class ThrottleRoots {
    private ThrottleRoots() {}

    static void make(ZkReader zk, Throttles.Commit commit) {
        List.of(
                        ThrottleTree.HOLDERS,
                        ThrottleTree.ROOT + "/topics",
                        ThrottleTree.ROOT + "/brokers",
                        "/config/topics",
                        "/config/brokers",
                        EntityConfig.CHANGES)
                .forEach(path -> make(zk, commit, path));
    }

    private static void make(ZkReader zk, Throttles.Commit commit, String path) {
        if (path.isEmpty() || Await.done(zk.exists(path)).isPresent()) {
            return;
        }
        make(zk, commit, path.substring(0, path.lastIndexOf('/')));
        var unused = commit.perform(List.of(ZkWrite.create(path, ""))); // or another client was faster
    }
}
