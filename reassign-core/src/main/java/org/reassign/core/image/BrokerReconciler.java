package org.reassign.core.image;

import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import org.pcollections.HashTreePSet;
import org.pcollections.PSet;
import org.reassign.api.model.Broker;
import org.reassign.api.model.TopicPartition;

/** The changes to the image when brokers have registered or are gone. */
final class BrokerReconciler {
    private final Draft draft;

    BrokerReconciler(Draft draft) {
        this.draft = draft;
    }

    /**
     * A broker that has registered again counts as gone now, and as registered when brokers are read next. One that has
     * changed its registration in place has neither died nor restarted.
     */
    void read(SortedMap<Integer, Broker> now) {
        SortedMap<Integer, Broker> before = draft.image().live();
        SortedSet<Integer> gone = new TreeSet<>(before.keySet());
        gone.removeIf(id ->
                now.containsKey(id) && now.get(id).epoch() == before.get(id).epoch());
        SortedSet<Integer> come = new TreeSet<>(now.keySet());
        come.removeAll(before.keySet());
        SortedMap<Integer, Broker> live = new TreeMap<>(now);
        live.keySet().removeAll(gone);
        if (live.equals(before) && draft.image().began()) {
            return;
        }
        draft.become(draft.image().with(live).with(draft.image().failed().minusAll(gone)));
        draft.add(new Fact.BrokersChanged(List.copyOf(live.values())));
        gone.stream().filter(now::containsKey).forEach(id -> draft.add(new Fact.BrokerRestarted(id)));
        come.forEach(id -> draft.add(new Fact.BrokerCame(id)));
        if (draft.image().began()) {
            gone.addAll(come);
            announce(draft.image().hosted(gone), image -> image);
            come.forEach(id -> draft.image()
                    .hosted(List.of(id))
                    .forEach(partition -> draft.change(partition, p -> p.registered(id))));
        }
    }

    /** A live broker has lost its replica: decided as if it had died, for this partition alone. */
    void failed(int broker, TopicPartition partition) {
        ClusterImage before = draft.image();
        if (!before.live().containsKey(broker) || before.hasFailed(broker, partition)) {
            return;
        }
        PSet<TopicPartition> all = before.failed().getOrDefault(broker, HashTreePSet.empty());
        draft.become(before.with(before.failed().plus(broker, all.plus(partition))));
        draft.add(new Fact.ReplicaFailed(broker, partition));
        if (before.partition(partition).isPresent()) {
            announce(List.of(partition), image -> image);
        }
    }

    /** All that the broker has is told it again, as when it registers. */
    void tellAgain(int broker) {
        if (draft.image().live().containsKey(broker)) {
            announce(draft.image().hosted(List.of(broker)), image -> image.registered(broker));
        }
    }

    /**
     * Partitions with a replica on a broker that is gone, or that registered after this zxid, are announced to all
     * brokers: the controller before may have ended between writing {@code state} and sending commands.
     */
    void announceAfter(long zxid) {
        draft.become(draft.image().withBegun());
        SortedSet<Integer> toldAll = new TreeSet<>();
        draft.image().live().values().stream()
                .filter(broker -> broker.epoch() <= zxid)
                .forEach(broker -> toldAll.add(broker.id()));
        announce(draft.image().partitions(p -> !toldAll.containsAll(p.assigned().ids())), PartitionImage::untold);
    }

    /** These must be decided, and announced to brokers. */
    void announce(Collection<TopicPartition> hosted, UnaryOperator<PartitionImage> change) {
        hosted.stream()
                .map(TopicPartition::topic)
                .distinct()
                .forEach(topic -> draft.put(draft.image().topics().get(topic).announce()));
        hosted.forEach(partition -> {
            draft.put(partition, change.apply(draft.image().partition(partition).orElseThrow()));
            draft.add(new Fact.PartitionChanged(partition));
        });
        List<TopicPartition> wanted = hosted.stream()
                .filter(partition -> draft.image()
                        .partition(partition)
                        .filter(image -> !image.isKnown() && !image.isInFlight())
                        .isPresent())
                .toList();
        if (!wanted.isEmpty()) {
            draft.add(new Fact.StatesWanted(wanted));
        }
    }
}
