package org.reassign.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.reassign.api.zk.ZkEvent;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkPort;
import org.reassign.api.zk.ZkWrite;

/** The controller of a Kafka broker, as far as ZooKeeper shows it: it is elected as soon as {@code /controller} is absent. */
final class KafkaStandIn {
    private static final String CONTROLLER = "/controller";
    private static final String EPOCH = "/controller_epoch";

    private final ZkPort zk;
    private final VirtualTime time;
    private final int broker;
    private final List<Integer> epochs = new ArrayList<>();

    KafkaStandIn(ZkPort zk, VirtualTime time, int broker) {
        this.zk = zk;
        this.time = time;
        this.broker = broker;
        elect();
    }

    /** The controller epochs at which it was elected. */
    List<Integer> epochs() {
        return epochs;
    }

    /** Whether {@code /controller} names it. */
    boolean holds() {
        return read(CONTROLLER).filter(this::isOwn).isPresent();
    }

    /** An operator deletes {@code /controller}, as is done to force an election. */
    void isForced() {
        zk.commit(List.of(ZkWrite.delete(CONTROLLER, ZkWrite.ANY_VERSION)));
    }

    private boolean isOwn(ZkNode node) {
        return node.text().contains("\"brokerid\":" + broker + ",");
    }

    private void elect() {
        if (zk.getData(CONTROLLER, this::changed).toCompletableFuture().join().isPresent()) {
            return;
        }
        Optional<ZkNode> epoch = read(EPOCH);
        int next = epoch.map(node -> Integer.parseInt(node.text()) + 1).orElse(1);
        ZkWrite write = epoch.isPresent()
                ? ZkWrite.setData(
                        EPOCH, Integer.toString(next), epoch.get().stat().version())
                : ZkWrite.create(EPOCH, "1");
        String registration = "{\"version\":2,\"brokerid\":" + broker + ",\"timestamp\":\"" + time.nowMillis()
                + "\",\"kraftControllerEpoch\":-1}";
        zk.commit(List.of(ZkWrite.createEphemeral(CONTROLLER, registration), write))
                .whenComplete((done, failure) -> {
                    if (failure == null) {
                        epochs.add(next);
                    }
                });
    }

    private void changed(ZkEvent event) {
        time.run(this::elect);
    }

    private Optional<ZkNode> read(String path) {
        return zk.getData(path).toCompletableFuture().join();
    }
}
