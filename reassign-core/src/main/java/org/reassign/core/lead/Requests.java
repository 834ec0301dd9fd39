package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Settlement;
import org.reassign.api.spi.Settlement.Stage;
import org.reassign.api.spi.StoredRequest;
import org.reassign.api.zk.ZkNode;
import org.reassign.api.zk.ZkSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.decide.AdmittedEntry;
import org.reassign.core.decide.Fold;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.TurnPlan;

/** The requests of all open channels as stored, and how far their entries have come. */
final class Requests {
    private final List<ChannelReader> channels;
    /** Request id to what is asked for to how far that has come, for entries that are still stored. */
    private final Map<String, Map<Asked, Settlement>> settled = new HashMap<>();

    private boolean settleDue;

    /** The legacy znode's one id stands for one entry after the other: what it asks for tells them apart. */
    private record Asked(String name, Optional<Replicas> target) {}

    Requests(TermContext mandate) {
        channels = mandate.plugins().channels().stream()
                .map(channel -> new ChannelReader(channel.plugin(), mandate.zk(), mandate.loop()))
                .toList();
    }

    /** Reads what may have changed; returns whether anything was read. */
    boolean refresh() {
        boolean read = false;
        for (ChannelReader channel : channels) {
            read |= channel.refresh();
        }
        if (read) {
            forgetWhatIsGone();
            settleDue = !settled.isEmpty();
        }
        return read;
    }

    void invalidate() {
        channels.forEach(ChannelReader::invalidate);
    }

    List<StoredRequest> stored() {
        return channels.stream().flatMap(channel -> channel.requests().stream()).toList();
    }

    boolean isSettled(StoredRequest request, StoredRequest.Entry entry) {
        return settled.getOrDefault(request.id(), Map.of()).containsKey(new Asked(entry.name(), target(entry)));
    }

    /** Whether the entry that is settled stands in its channel still. */
    boolean isStored(Settlement settlement) {
        return stored().stream()
                .filter(request -> request.id().equals(settlement.request()))
                .flatMap(request -> request.entries().stream())
                .anyMatch(entry ->
                        entry.name().equals(settlement.name()) && target(entry).equals(settlement.target()));
    }

    /** Whether the entry that the record follows stands there still and names the target; else it cancels, or is gone. */
    boolean names(ReassignmentRecord record) {
        String name = record.partition().toString();
        return isStored(new Settlement(record.request(), name, Optional.of(record.target()), Stage.RECORDED));
    }

    void settle(Settlement settlement) {
        settled.computeIfAbsent(settlement.request(), request -> new LinkedHashMap<>())
                .put(new Asked(settlement.name(), settlement.target()), settlement);
        settleDue = true;
    }

    /** Whether nothing waits to be admitted or removed; a legacy entry that runs is neither. */
    boolean idle() {
        return channels.stream()
                .allMatch(channel -> channel.channel().mechanism() == Mechanism.REQUEST
                        ? channel.requests().isEmpty()
                        : channel.requests().stream().allMatch(this::runs));
    }

    /** Whether all entries of a legacy request are in flight. */
    private boolean runs(StoredRequest request) {
        Map<Asked, Settlement> own = settled.getOrDefault(request.id(), Map.of());
        return request.entries().stream()
                .map(entry -> Optional.ofNullable(own.get(new Asked(entry.name(), target(entry)))))
                .allMatch(settlement ->
                        settlement.filter(it -> it.stage() == Stage.RECORDED).isPresent());
    }

    /** Legacy entries that accepted ones override: to be removed before the records that override them. */
    List<TurnPlan.Removal> overridden(
            Collection<AdmittedEntry> accepted, Map<TopicPartition, ReassignmentRecord> running) {
        List<TurnPlan.Removal> removals = new ArrayList<>();
        for (ChannelReader channel : channels) {
            if (channel.channel().mechanism() != Mechanism.LEGACY) {
                continue;
            }
            List<Settlement> gone = new ArrayList<>();
            Set<TopicPartition> overriders = new TreeSet<>();
            for (AdmittedEntry one : accepted) {
                TopicPartition partition = one.entry().partition();
                lost(channel, one, Optional.ofNullable(running.get(partition))).forEach(settlement -> {
                    gone.add(settlement);
                    overriders.add(partition);
                });
            }
            if (!gone.isEmpty()) {
                channel.channel()
                        .settle(gone, channel.stored())
                        .forEach(write -> removals.add(new TurnPlan.Removal(write, overriders)));
            }
        }
        return removals;
    }

    /** The entries of the legacy znode that the accepted one takes the place of: the running one, and waiting ones. */
    private List<Settlement> lost(ChannelReader channel, AdmittedEntry one, Optional<ReassignmentRecord> running) {
        String name = one.entry().name();
        List<Settlement> lost = new ArrayList<>();
        for (StoredRequest request : channel.requests()) {
            settled.getOrDefault(request.id(), Map.of()).values().stream()
                    .filter(before -> before.name().equals(name) && before.stage() == Stage.ANSWERED)
                    .forEach(lost::add);
            one.overtaken().stream()
                    .map(Fold.EntryAnswer::settlement)
                    .filter(overtaken -> overtaken.request().equals(request.id()))
                    .forEach(lost::add);
        }
        running.filter(record -> record.mechanism() == Mechanism.LEGACY && !sameEntry(record, one))
                .ifPresent(record ->
                        lost.add(new Settlement(record.request(), name, Optional.of(record.target()), Stage.ANSWERED)));
        return lost;
    }

    private static boolean sameEntry(ReassignmentRecord record, AdmittedEntry one) {
        return one.request().mechanism() == Mechanism.LEGACY && one.target().equals(record.target());
    }

    /**
     * What to write so that settled entries are gone, owned by the request's channel. Not where the channel is to be read
     * anew: a znode that we have deleted and somebody has made again would have the version that we know.
     */
    List<Op<Object>> housekeeping() {
        if (!settleDue) {
            return List.of();
        }
        settleDue = false;
        forgetWhatIsGone(); // what stands there again at the next reading was asked again
        List<Op<Object>> ops = new ArrayList<>();
        Set<String> gone = new TreeSet<>(); // whoever shares znodes with a channel before it settles what that leaves
        for (ChannelReader channel : channels) {
            List<Settlement> own = channel.requests().stream()
                    .flatMap(request -> settled.getOrDefault(request.id(), Map.of()).values().stream())
                    .toList();
            if (!own.isEmpty() && !channel.isInvalid()) {
                for (ZkWrite write : channel.channel().settle(own, known(channel, gone))) {
                    ops.add(new Op<>(Phase.HOUSEKEEPING, Set.of(channel), write));
                    if (write instanceof ZkWrite.Delete) {
                        gone.add(write.path());
                    }
                }
            }
        }
        return ops;
    }

    /** What is stored of a channel, and what others read of the values that it shares with them, but for what is gone. */
    private ZkSnapshot known(ChannelReader channel, Set<String> gone) {
        SortedMap<String, ZkNode> nodes = new TreeMap<>();
        for (ChannelReader other : channels) {
            other.stored().nodes().forEach((path, node) -> {
                if (other == channel || channel.reads(path)) {
                    nodes.merge(
                            path, node, (a, b) -> a.stat().mzxid() < b.stat().mzxid() ? b : a);
                }
            });
        }
        nodes.keySet().removeAll(gone);
        return new ZkSnapshot(nodes);
    }

    /**
     * Housekeeping was done, except for what these owners wanted: they read again. Channels that share znodes learn of
     * each other's writes, or a target that is gone would seem to be one that nobody has announced.
     */
    void housekept(List<Op<Object>> ops, Set<Object> failed) {
        for (ChannelReader channel : channels) {
            List<Op<Object>> own = ops.stream()
                    .filter(op -> op.owners().contains(channel)
                            || channel.knows(op.write().path()))
                    .toList();
            if (own.stream().anyMatch(op -> op.owners().stream().anyMatch(failed::contains))) {
                channel.invalidate();
            } else {
                channel.written(own.stream().map(Op::write).toList());
            }
        }
        forgetWhatIsGone();
    }

    /** The legacy znode was rewritten, or could not be: it is read again before anything else of it is written. */
    void removalsTried(List<TurnPlan.Removal> removals, List<ZkWrite> done) {
        for (ChannelReader channel : channels) {
            for (TurnPlan.Removal removal : removals) {
                if (channel.knows(removal.write().path())) {
                    if (done.contains(removal.write())) {
                        channel.written(List.of(removal.write()));
                    }
                    channel.invalidate();
                }
            }
        }
    }

    private void forgetWhatIsGone() {
        Map<String, Set<Asked>> stored = new HashMap<>();
        for (StoredRequest request : stored()) {
            request.entries().forEach(entry -> overwritten(request, entry));
            Set<Asked> asked = stored.computeIfAbsent(request.id(), id -> new HashSet<>());
            asked.add(new Asked(request.id(), Optional.empty()));
            request.entries().forEach(entry -> asked.add(new Asked(entry.name(), target(entry))));
        }
        settled.keySet().retainAll(stored.keySet());
        settled.forEach((id, entries) -> entries.keySet().retainAll(stored.get(id)));
        settled.values().removeIf(Map::isEmpty);
    }

    /** What was overwritten after it had its answer gets no other. */
    private void overwritten(StoredRequest request, StoredRequest.Entry entry) {
        boolean overwritten = entry instanceof StoredRequest.Invalid faulty
                && faulty.refusal().code() == Refusal.Code.OVERWRITTEN;
        Map<Asked, Settlement> own = settled.getOrDefault(request.id(), Map.of());
        if (overwritten && own.keySet().stream().anyMatch(asked -> asked.name().equals(entry.name()))) {
            settle(new Settlement(request.id(), entry.name(), Optional.empty(), Stage.ANSWERED));
        }
    }

    private static Optional<Replicas> target(StoredRequest.Entry entry) {
        return entry instanceof StoredRequest.Valid wanted ? wanted.target() : Optional.empty();
    }
}
