package org.reassign.zk;

import java.util.List;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.OpResult;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkException.Code;
import org.reassign.api.zk.ZkWrite;

/** ZooKeeper's return codes in the port's terms. */
final class KeeperFailure {
    private KeeperFailure() {}

    /** The failure of a call other than a transaction. */
    static ZkException of(int returnCode, String path) {
        return of(returnCode, path, 0);
    }

    /**
     * The failure of a transaction, named by its first write that could not be done. Those before it answer 0, those
     * behind it RUNTIMEINCONSISTENCY; there are no results where the transaction has no answer.
     */
    static ZkException ofTransaction(int returnCode, List<ZkWrite> writes, List<OpResult> results) {
        for (int i = 0; results != null && i < results.size(); i++) {
            if (results.get(i) instanceof OpResult.ErrorResult error && isCause(error.getErr())) {
                return of(error.getErr(), writes.get(i).path(), i);
            }
        }
        return of(returnCode, writes.get(0).path(), 0);
    }

    private static boolean isCause(int returnCode) {
        return returnCode != KeeperException.Code.OK.intValue()
                && returnCode != KeeperException.Code.RUNTIMEINCONSISTENCY.intValue();
    }

    private static ZkException of(int returnCode, String path, int index) {
        KeeperException.Code code = KeeperException.Code.get(returnCode);
        return new ZkException(code(code), path, index, code == null ? null : KeeperException.create(code, path));
    }

    private static Code code(KeeperException.Code code) {
        if (code == null) {
            return Code.OTHER;
        }
        return switch (code) {
            case BADVERSION -> Code.BAD_VERSION;
            case NONODE -> Code.NO_NODE;
            case NODEEXISTS -> Code.NODE_EXISTS;
            case NOTEMPTY -> Code.NOT_EMPTY;
            case NOCHILDRENFOREPHEMERALS -> Code.EPHEMERAL_PARENT;
            case CONNECTIONLOSS, OPERATIONTIMEOUT, REQUESTTIMEOUT -> Code.CONNECTION_LOSS;
            case SESSIONEXPIRED, SESSIONMOVED, SESSIONCLOSEDREQUIRESASLAUTH -> Code.SESSION_EXPIRED;
            case NOAUTH -> Code.NO_AUTH;
            case UNIMPLEMENTED -> Code.UNSUPPORTED;
            default -> Code.OTHER;
        };
    }
}
