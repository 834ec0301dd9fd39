package org.reassign.cli;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import org.reassign.api.spi.IsrWatcher;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkSessions;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.zk.CuratorSessions;
import org.reassign.zk.ServerAbility;
import org.reassign.zk.ZooKeeperAccess;

/** A ZooKeeper at an address, and how to connect with it. */
public record ExternalZooKeeper(ZooKeeperAddress address, ZooKeeperAccess access) {
    /** The one at this address; what is none is the user's mistake. */
    public static ExternalZooKeeper at(String address, ZooKeeperAccess access) {
        return new ExternalZooKeeper(ZooKeeperAddress.of(address), access);
    }

    /** Sessions with it, once a server has answered that is new enough; its chroot must exist. Writes nothing. */
    public ZkSessions openExisting() {
        return connected(CuratorSessions.SESSION_TIMEOUT, zk -> {
            if (!ServerAbility.CREATE_WITH_STAT.isOf(zk)) {
                throw tooOld(ServerAbility.CREATE_WITH_STAT, "reassign", "name a newer one");
            }
            requireChroot(zk);
        });
    }

    /**
     * Sessions with it, once a server has answered that is new enough, and the chroot is made where it is missing.
     *
     * @param watcher the watcher that is to work there
     * @param notes is told where the chroot was made
     */
    ZkSessions open(NamedPlugin<IsrWatcher> watcher, Consumer<String> notes) {
        return connected(CuratorSessions.SESSION_TIMEOUT, zk -> {
            requireVersion(zk, watcher);
            makeChroot(zk, notes);
        });
    }

    /**
     * The same where the chroot must exist; a missing one is the user's mistake. Writes nothing.
     *
     * @param sessionTimeout of the sessions
     */
    public ZkSessions openExisting(NamedPlugin<IsrWatcher> watcher, Duration sessionTimeout) {
        return connected(sessionTimeout, zk -> {
            requireVersion(zk, watcher);
            requireChroot(zk);
        });
    }

    private ZkSessions connected(Duration sessionTimeout, Consumer<ZkPort> check) {
        try {
            CuratorSessions sessions =
                    new CuratorSessions(address.toString(), sessionTimeout, CuratorSessions.CONNECT_TIMEOUT, access);
            try (ZkPort zk = new CuratorSessions(address.servers(), access).open("observer")) {
                check.accept(zk);
            }
            return sessions;
        } catch (ZkException e) {
            InterruptedRun.throwIfInterrupted();
            throw new OutOfReachException(
                    "ZooKeeper at " + address + " is out of reach ("
                            + (e.getCause() == null
                                    ? e.getMessage()
                                    : e.getCause().getMessage())
                            + "); check that it runs there and can be reached from here"
                            + (access.equals(ZooKeeperAccess.OPEN) ? "" : ", and what --zookeeper-config says"),
                    e);
        } catch (IllegalArgumentException e) {
            throw new UsageException(e.getMessage(), e);
        }
    }

    private void requireVersion(ZkPort zk, NamedPlugin<IsrWatcher> watcher) {
        if (!ServerAbility.CREATE_WITH_STAT.isOf(zk)) {
            throw tooOld(ServerAbility.CREATE_WITH_STAT, "reassign", "name a newer one");
        }
        if (watcher.plugin().watchesRecursively() && !ServerAbility.RECURSIVE_WATCH.isOf(zk)) {
            throw tooOld(
                    ServerAbility.RECURSIVE_WATCH,
                    "isr-watcher '" + watcher.name() + "'",
                    "choose another, such as --isr-watcher per-partition or batched, or name a newer ZooKeeper");
        }
    }

    private OutOfReachException tooOld(ServerAbility missing, String what, String remedy) {
        return new OutOfReachException("ZooKeeper at " + address.servers() + " is "
                + ServerAbility.version(address.servers()).orElse("older than " + missing.since()) + ", and " + what
                + " needs " + missing.since() + " or later; " + remedy);
    }

    private void requireChroot(ZkPort zk) {
        if (!address.chroot().isEmpty() && done(zk.exists(address.chroot())).isEmpty()) {
            throw new UsageException("there is no chroot " + address.chroot() + " at " + address.servers()
                    + "; correct --zookeeper, or make it: 'create " + address.chroot() + "' in zkCli.sh");
        }
    }

    private void makeChroot(ZkPort zk, Consumer<String> notes) {
        String chroot = address.chroot();
        if (chroot.isEmpty() || done(zk.exists(chroot)).isPresent()) {
            return;
        }
        for (int end = chroot.indexOf('/', 1); end >= 0; end = chroot.indexOf('/', end + 1)) {
            make(zk, chroot.substring(0, end));
        }
        make(zk, chroot);
        notes.accept("made the chroot " + chroot + ", which was missing at " + address.servers());
    }

    private static void make(ZkPort zk, String path) {
        if (done(zk.exists(path)).isEmpty()) {
            var unused = done(zk.commit(List.of(ZkWrite.create(path, ""))));
        }
    }

    private static <T> T done(CompletionStage<T> stage) {
        try {
            return stage.toCompletableFuture().join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof ZkException failure ? failure : e;
        }
    }
}
