package org.reassign.cli.doctor;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reassign.api.client.ControllerStatus.Leader;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkReader;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.store.Await;

/**
 * What makes repairs safe beside controllers: every write is in a transaction that checks the version of {@code /controller_epoch},
 * so that none is done after another controller has taken the office. Where no controller leads, the office is taken meanwhile as a
 * controller takes it, in one transaction.
 *
 * @param zk writes
 * @param version of {@code /controller_epoch}
 * @param own whether we hold the office
 */
record RepairOffice(ZkPort zk, int version, boolean own) implements AutoCloseable {
    private static final String CONTROLLER = "/controller";
    private static final String EPOCH = "/controller_epoch";
    /** That of a controller of ours; no broker has it. */
    private static final int ID = 1000;

    /** Empty where somebody else has just taken the office: look again. */
    static Optional<RepairOffice> enter(ZkPort zk, ZkReader reader, Leader leader) {
        Optional<ZkNode> epoch = Await.done(reader.getData(EPOCH));
        int version = epoch.map(node -> node.stat().version()).orElse(-1);
        if (leader != Leader.NONE) {
            return epoch.isPresent() ? Optional.of(new RepairOffice(zk, version, false)) : Optional.empty();
        }
        String content = new ObjectMapper()
                .createObjectNode()
                .put("version", 1)
                .put("brokerid", ID)
                .put("timestamp", Long.toString(System.currentTimeMillis()))
                .toString();
        ZkWrite next = epoch.map(node -> ZkWrite.setData(
                        EPOCH, Integer.toString(Integer.parseInt(node.text().strip()) + 1), version))
                .orElseGet(() -> ZkWrite.create(EPOCH, "1"));
        return commit(zk, List.of(ZkWrite.createEphemeral(CONTROLLER, content), next))
                ? Optional.of(new RepairOffice(zk, version + 1, true))
                : Optional.empty();
    }

    /** Whether all was written; else somebody has written there, or another controller leads now. */
    boolean perform(List<ZkWrite> writes) {
        List<ZkWrite> fenced = new ArrayList<>(List.of(ZkWrite.check(EPOCH, version)));
        fenced.addAll(writes);
        return commit(zk, fenced);
    }

    private static boolean commit(ZkPort zk, List<ZkWrite> writes) {
        try {
            var unused = Await.done(zk.commit(writes));
            return true;
        } catch (ZkException e) {
            return switch (e.code()) {
                case BAD_VERSION, NO_NODE, NODE_EXISTS, NOT_EMPTY -> false;
                default -> throw e;
            };
        }
    }

    @Override
    public void close() {
        if (own) {
            var unused = perform(List.of(ZkWrite.delete(CONTROLLER, ZkWrite.ANY_VERSION)));
        }
    }
}
