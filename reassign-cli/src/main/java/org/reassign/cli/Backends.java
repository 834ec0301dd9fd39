package org.reassign.cli;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.zk.CuratorSessions;
import org.reassign.zk.EmbeddedZooKeeper;
import org.reassign.zk.ZooKeeperAccess;

/**
 * ZooKeepers for many runs, each with nothing in it. Embedded ones share a server and have a chroot each, and so have
 * those at an address, whose chroots are deleted when they are closed.
 */
final class Backends implements AutoCloseable {
    private final String name = "compare-" + UUID.randomUUID().toString().substring(0, 8) + "-";
    private EmbeddedZooKeeper embedded;
    private int opened;

    /** The next one, for {@code embedded}, {@code memory} or an address; see {@link Backend#open}. */
    Backend next(String zookeeper, ZooKeeperAccess access, NamedPlugin<IsrWatcher> watcher, Consumer<String> notes) {
        if (zookeeper.equals("memory")) {
            return Backend.open(zookeeper, access, watcher, notes);
        }
        if (zookeeper.equals("embedded")) {
            String address = chroot(server().address());
            Backend shared = Backend.open(address, access, watcher, ownChroot -> {});
            return new Backend(shared.sessions(), shared.address(), false, Optional.empty(), shared::close);
        }
        var unused = ExternalZooKeeper.at(zookeeper, access).open(watcher, notes);
        String address = chroot(zookeeper);
        Backend own = Backend.open(address, access, watcher, ownChroot -> {});
        return new Backend(own.sessions(), own.address(), true, Optional.empty(), () -> {
            own.close();
            remove(address, access);
        });
    }

    private synchronized EmbeddedZooKeeper server() {
        if (embedded == null) {
            embedded = EmbeddedZooKeeper.start();
        }
        return embedded;
    }

    private synchronized String chroot(String address) {
        opened++;
        return address + "/" + name + opened;
    }

    private static void remove(String address, ZooKeeperAccess access) {
        int last = address.lastIndexOf('/');
        String parent = address.substring(0, last);
        try (ZkPort zk = new CuratorSessions(parent, access).open("observer")) {
            remove(zk, address.substring(last));
        } catch (ZkException | CompletionException e) {
            throw new OutOfReachException(
                    "the chroot of a run could not be removed (" + e.getMessage() + "); 'deleteall "
                            + address.substring(address.indexOf('/')) + "' in zkCli.sh at "
                            + address.substring(0, address.indexOf('/')) + " removes it",
                    e);
        }
    }

    private static void remove(ZkPort zk, String path) {
        for (String child : zk.getChildren(path).toCompletableFuture().join().orElse(List.of())) {
            remove(zk, path + "/" + child);
        }
        var unused = zk.commit(List.of(ZkWrite.delete(path, ZkWrite.ANY_VERSION)))
                .toCompletableFuture()
                .join();
    }

    @Override
    public synchronized void close() {
        if (embedded != null) {
            embedded.close();
        }
    }
}
