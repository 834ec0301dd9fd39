package org.reassign.core.lead;

import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest.StopPartition;
import org.reassign.api.zk.ZkNode;
import org.reassign.core.command.BrokerQueues;
import org.reassign.core.image.CurrentImage;
import org.reassign.core.observe.ToRead;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.OwedDelete;
import org.reassign.core.store.OwedDeletes;
import org.reassign.core.store.Store;
import org.reassign.core.store.TurnPlan;

/** The owed deletes: read, sent to live brokers, and removed once a broker has answered. */
final class OwedDeleteQueue {
    private static final int RETRY_DELAYS = 10;

    private final TermContext context;
    private final CurrentImage image;
    private final ToRead toRead;
    private final BrokerQueues queues;
    private final Consumer<String> strays;
    private final Set<OwedDelete> done = new LinkedHashSet<>();
    private final Set<Integer> due = new TreeSet<>();
    private final Set<String> named = new HashSet<>();
    private OwedDeletes owed = new OwedDeletes();
    private OwedDeletes.Change removal = new OwedDeletes.Change();
    private boolean timerSet;

    OwedDeleteQueue(
            TermContext context, CurrentImage image, ToRead toRead, BrokerQueues queues, Consumer<String> strays) {
        this.context = context;
        this.image = image;
        this.toRead = toRead;
        this.queues = queues;
        this.strays = strays;
    }

    /** The deletes owed now. */
    OwedDeletes owed() {
        return owed;
    }

    /** Reads the owed deletes if they may have changed; a broker's empty parent is a stray. */
    void refresh() {
        if (!toRead.takeOwedDeletes()) {
            return;
        }
        OwedDeletes read = new OwedDeletes();
        OwedDeletes.stored(context.zk()).forEach((parent, chunks) -> {
            boolean some = false;
            for (Map.Entry<String, ZkNode> chunk : chunks.entrySet()) {
                some |= load(chunk.getKey(), chunk.getValue(), read);
            }
            if (!some) {
                strays.accept(parent);
            }
        });
        owed = read;
    }

    /** Whether the chunk stays: one that was emptied because it had children is deleted once they are gone. */
    private boolean load(String path, ZkNode node, OwedDeletes read) {
        if (meansNothing(node)) {
            strays.accept(path);
            return false;
        }
        if (!read.load(path, node.text()) && named.add(path)) {
            context.listener()
                    .warning(path + " holds no readable owed deletes and is left as it is; delete it once broker "
                            + path.split("/")[3] + " holds no replica outside its assignments");
        }
        return true;
    }

    private static boolean meansNothing(ZkNode chunk) {
        return chunk.data().length == 0 && chunk.stat().children() == 0;
    }

    /** A turn's writes are done: updates the owed deletes, or reads them again if a record was not written. */
    void written(TurnPlan plan, Store.Outcome outcome) {
        if (outcome.records().isEmpty()) {
            owed.apply(plan.owedAdded());
            owed.apply(plan.owedRemoved());
        } else {
            toRead.owedDeletes(); // a chunk may have failed together with the record
        }
    }

    /** A broker has registered: its owed deletes are due. */
    void brokerCame(int broker) {
        due.add(broker);
    }

    /** A broker has deleted a replica. */
    void stopped(int broker, TopicPartition partition) {
        done.addAll(owed.of(broker, partition));
    }

    /** Whether no live broker owes anything that it can delete. */
    boolean idle() {
        return done.isEmpty() && !owedByLive();
    }

    private boolean owedByLive() {
        return owed.brokers().stream()
                .filter(image.get().live()::containsKey)
                .flatMap(broker -> owed.of(broker).stream())
                .anyMatch(delete -> !hasFailed(delete));
    }

    /** Its broker would refuse to delete it until it is restarted. */
    private boolean hasFailed(OwedDelete delete) {
        return image.get().hasFailed(delete.broker(), delete.partition());
    }

    /** Sends due deletes, removes those of brokers that are replicas again, and schedules a retry for live brokers. */
    void send() {
        due.forEach(broker ->
                owed.of(broker).stream().filter(delete -> !hasFailed(delete)).forEach(this::send));
        due.clear();
        if (owedByLive() && !timerSet) {
            timerSet = true;
            context.timers()
                    .after(
                            context.settings().retryDelay().multipliedBy(RETRY_DELAYS),
                            () -> context.loop().mark(this::retry));
        }
    }

    private void send(OwedDelete delete) {
        if (image.get().unreadable().contains(delete.partition().topic())) {
            return; // its broker may be a replica again
        }
        Replicas assigned = image.get().assigned(delete.partition()).orElse(Replicas.NONE);
        if (assigned.contains(delete.broker())) {
            done.add(delete);
        } else {
            queues.stop(delete.broker(), new StopPartition(delete.partition(), delete.leaderEpoch(), true));
        }
    }

    private void retry() {
        timerSet = false;
        due.addAll(owed.brokers());
    }

    /** The writes that remove the deletes that are done. */
    List<Op<Object>> removals() {
        removal = owed.remove(done, new OwedDeletes.Change());
        done.clear();
        return removal.writes().stream()
                .map(one -> new Op<Object>(Phase.HOUSEKEEPING, Set.of(this), one.write()))
                .toList();
    }

    /** The removals were written, except those of these owners. */
    void removed(Set<Object> failed) {
        if (failed.contains(this)) {
            toRead.owedDeletes();
        } else {
            owed.apply(removal);
        }
        removal = new OwedDeletes.Change();
    }
}
