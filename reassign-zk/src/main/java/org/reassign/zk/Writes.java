package org.reassign.zk;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.OpResult;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Stat;
import org.reassign.api.zk.ZkResult;
import org.reassign.api.zk.ZkWrite;

/** Sends writes: one as a plain operation, several as a transaction. */
final class Writes {
    private static final int OK = KeeperException.Code.OK.intValue();

    private final ZooKeeper handle;
    private final String chroot;
    private final List<ACL> acl;

    /**
     * Writes of a connection.
     *
     * @param chroot paths are below this root; empty where there is none
     * @param acl of what is created
     */
    Writes(ZooKeeper handle, String chroot, List<ACL> acl) {
        this.handle = handle;
        this.chroot = chroot;
        this.acl = acl;
    }

    /** Sends writes that fit the limit; nothing is sent where there are none. */
    void commit(List<ZkWrite> writes, CompletableFuture<List<ZkResult>> answer) {
        if (writes.isEmpty()) {
            answer.complete(List.of());
            return;
        }
        if (writes.size() > 1 || writes.get(0) instanceof ZkWrite.Check) {
            commitTogether(writes, answer);
            return;
        }
        commitAlone(writes.get(0), answer);
    }

    private void commitAlone(ZkWrite write, CompletableFuture<List<ZkResult>> answer) {
        String path = write.path();
        if (write instanceof ZkWrite.Create create) {
            handle.create(
                    path,
                    create.data(),
                    acl,
                    mode(create.mode()),
                    (code, p, context, name, stat) ->
                            complete(answer, code, path, code == OK ? result(name, 0, stat) : null),
                    null);
            return;
        }
        if (write instanceof ZkWrite.SetData set) {
            handle.setData(
                    path,
                    set.data(),
                    set.version(),
                    (code, p, context, stat) ->
                            complete(answer, code, path, code == OK ? result(path, stat.getVersion(), stat) : null),
                    null);
            return;
        }
        handle.delete(
                path,
                ((ZkWrite.Delete) write).version(),
                (code, p, context) -> complete(answer, code, path, new ZkResult(path, -1, 0)),
                null);
    }

    private void commitTogether(List<ZkWrite> writes, CompletableFuture<List<ZkResult>> answer) {
        handle.multi(
                writes.stream().map(write -> operation(write, acl)).toList(),
                (code, p, context, results) -> {
                    if (code != OK) {
                        answer.completeExceptionally(KeeperFailure.ofTransaction(code, writes, results));
                        return;
                    }
                    answer.complete(results(writes, results));
                },
                null);
    }

    static Op operation(ZkWrite write, List<ACL> acl) {
        if (write instanceof ZkWrite.Create create) {
            return Op.create(create.path(), create.data(), acl, mode(create.mode()));
        }
        if (write instanceof ZkWrite.SetData set) {
            return Op.setData(set.path(), set.data(), set.version());
        }
        if (write instanceof ZkWrite.Delete delete) {
            return Op.delete(delete.path(), delete.version());
        }
        return Op.check(write.path(), ((ZkWrite.Check) write).version());
    }

    /** All writes of a transaction have the same zxid, which only the stat of replaced data tells. */
    private List<ZkResult> results(List<ZkWrite> writes, List<OpResult> results) {
        long zxid = 0;
        for (OpResult result : results) {
            if (result instanceof OpResult.SetDataResult set) {
                zxid = set.getStat().getMzxid();
            }
        }
        List<ZkResult> told = new ArrayList<>(writes.size());
        for (int i = 0; i < writes.size(); i++) {
            told.add(result(writes.get(i).path(), results.get(i), zxid));
        }
        return told;
    }

    /** ZooKeeper's client takes the root off the path of a lone creation, and leaves it on in a transaction. */
    private ZkResult result(String path, OpResult result, long zxid) {
        if (result instanceof OpResult.CreateResult create) {
            return new ZkResult(create.getPath().substring(chroot.length()), 0, zxid);
        }
        return new ZkResult(
                path,
                result instanceof OpResult.SetDataResult set ? set.getStat().getVersion() : -1,
                zxid);
    }

    private static ZkResult result(String path, int version, Stat stat) {
        return new ZkResult(path, version, stat.getMzxid());
    }

    private static void complete(CompletableFuture<List<ZkResult>> answer, int code, String path, ZkResult result) {
        if (code == OK) {
            answer.complete(List.of(result));
            return;
        }
        answer.completeExceptionally(KeeperFailure.of(code, path));
    }

    private static CreateMode mode(ZkWrite.Mode mode) {
        return switch (mode) {
            case PERSISTENT -> CreateMode.PERSISTENT;
            case PERSISTENT_SEQUENTIAL -> CreateMode.PERSISTENT_SEQUENTIAL;
            case EPHEMERAL -> CreateMode.EPHEMERAL;
        };
    }
}
