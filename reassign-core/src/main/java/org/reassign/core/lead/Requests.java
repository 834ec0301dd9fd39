package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.reassign.api.model.Answer.Outcome;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.Refusal.Code;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ChannelTrait;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.zk.ZkException;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.decide.InFlightBudget;
import org.reassign.core.ledger.AdmissionView;
import org.reassign.core.ledger.AdmittedEntry;
import org.reassign.core.ledger.Deferral;
import org.reassign.core.ledger.Fold;
import org.reassign.core.ledger.Ledger;
import org.reassign.core.ledger.LedgerEntry;
import org.reassign.core.store.StateJson;
import org.reassign.core.store.TopicReader;
import org.reassign.core.store.TurnPlan;

/**
 * The ledger with its inputs and outputs: channels are read into it, its answers go to the listener and to the
 * refusals, and settled entries are removed from ZooKeeper. The fates of records are reported here. Used by the loop's
 * thread only.
 */
final class Requests {
    private final List<ChannelReader> channels;
    private final Ledger ledger;
    private final Settlements settlements;
    private final Refusals refusals;
    private final KeptAnswers kept;
    private final OddZnodes odd;
    private final ControllerListener listener;

    Requests(TermContext context, Refusals refusals, KeptAnswers kept, OddZnodes odd, Runnable rootMissing) {
        this.ledger = new Ledger(context.settings().stateLimit().toMillis());
        this.refusals = refusals;
        this.kept = kept;
        this.odd = odd;
        this.listener = context.listener();
        this.channels = context.plugins().channels().stream()
                .map(channel ->
                        new ChannelReader(channel, ledger, context.zk(), context.loop(), odd::hasChildren, rootMissing))
                .toList();
        this.settlements = new Settlements(channels, ledger, kept);
    }

    /** Removes settled entries. */
    Settlements settlements() {
        return settlements;
    }

    /** The refusals that are to be written. */
    Refusals refusals() {
        return refusals;
    }

    /** The answers that are to be kept. */
    KeptAnswers kept() {
        return kept;
    }

    /** Warns of znodes that cannot be deleted. */
    OddZnodes odd() {
        return odd;
    }

    /** Reads what may have changed; returns whether anything was read. */
    boolean refresh() {
        boolean read = false;
        for (ChannelReader channel : channels) {
            read |= channel.refresh();
        }
        return read;
    }

    /** All channels must be read again. */
    void invalidate() {
        channels.forEach(ChannelReader::invalidate);
    }

    /** Zxids of the znodes of all channels, as last read. */
    Set<Long> seen() {
        Set<Long> zxids = new HashSet<>();
        channels.forEach(channel -> zxids.addAll(channel.zxids()));
        return zxids;
    }

    /** Whether no entry waits to be admitted or removed; one that stays in place while it runs is neither. */
    boolean idle() {
        return ledger.isIdle();
    }

    /** Folds the waiting entries; changes nothing. */
    Fold.Result fold(AdmissionView cluster, ConflictPolicy policy, boolean coalesce, Supplier<InFlightBudget> room) {
        return Fold.of(ledger, cluster, policy, coalesce, room);
    }

    /** How many entries wait. */
    int waiting() {
        return ledger.countWaiting();
    }

    /** The partitions of entries that wait. */
    Set<TopicPartition> waitingPartitions() {
        Set<TopicPartition> partitions = new HashSet<>();
        ledger.waiting().forEach(entry -> entry.partition().ifPresent(partitions::add));
        return partitions;
    }

    /** A fold is final: its answers are given, and entries whose record it found are recorded. */
    void folded(Fold.Result result) {
        List<LedgerEntry> replays = ledger.folded(result);
        handOut();
        replays.forEach(entry ->
                listener.recorded(entry.request().id(), entry.partition().orElseThrow()));
    }

    /**
     * The partition of an admitted entry has no readable {@code state}: the entry waits with a warning, and is refused
     * after {@code stateLimit}. Returns whether it waits.
     */
    boolean waitsForState(AdmittedEntry entry, long nowMillis) {
        Deferral deferral = ledger.deferred(entry, nowMillis);
        TopicPartition partition = entry.partition();
        String what = entry.request().path() + ", " + partition + ": " + StateJson.path(partition)
                + " is missing or cannot be read, so the partition has no leader to command; ";
        switch (deferral) {
            case BEGUN ->
                listener.warning(what + "the request waits for it, finish the creation or deletion of the topic");
            case GOES_ON -> {}
            case OVER ->
                refuse(entry, Code.NO_STATE, what + "finish the creation or deletion of the topic, then ask again");
        }
        return deferral != Deferral.OVER;
    }

    /** The partition of an admitted entry has its {@code state}. */
    void isReady(AdmittedEntry entry) {
        ledger.isReady(entry);
    }

    /** An admitted entry cannot be written: this write is over ZooKeeper's size limit. */
    void refusedAsTooLarge(AdmittedEntry entry, ZkWrite write) {
        String remedy = write.path().startsWith(TopicReader.ROOT)
                ? "ask for fewer of its partitions at a time"
                : "give a shorter reason";
        String where = entry.request().path() + ", " + entry.partition() + ": ";
        refuse(entry, Code.TOO_LARGE, where + OversizeCheck.sentence(write) + "; " + remedy);
    }

    /** An admitted entry cannot be written: an ACL does not allow it. */
    void refusedAsClosed(AdmittedEntry entry, ZkException failure) {
        refuse(entry, Code.NO_AUTH, entry.request().path() + ", " + entry.partition() + ": " + failure.getMessage());
    }

    private void refuse(AdmittedEntry entry, Code code, String sentence) {
        ledger.refused(entry, new Refusal(code, sentence));
        handOut();
    }

    /** The record of an admitted entry is written; the one before it has ended. */
    void recorded(AdmittedEntry entry, Optional<ReassignmentRecord> before) {
        ledger.recorded(entry, before);
        handOut();
        listener.recorded(entry.request().id(), entry.partition());
    }

    /** An admitted entry needed no record: only the order of AR changed, and that is written. */
    void reordered(AdmittedEntry entry) {
        ledger.reordered(entry);
        handOut();
    }

    /** The record of an admitted entry was not written, although entries that it overrides may be removed already. */
    void notWritten(AdmittedEntry entry) {
        ledger.notWritten(entry);
        handOut();
    }

    /** A reassignment is completed, and its answer kept. */
    void completed(ReassignmentRecord record) {
        ledger.completed(record);
        handOut();
    }

    /** A reassignment is over. */
    void finished(ReassignmentRecord record, Outcome outcome) {
        ledger.finished(record, outcome);
        handOut();
    }

    /** A record is gone or replaced: its entry was superseded or cancelled. */
    void ended(ReassignmentRecord before, Optional<ReassignmentRecord> now) {
        ledger.ended(before, now);
        handOut();
    }

    /** S6: refusals are also written for requesters to read. */
    private void handOut() {
        kept.add(ledger.takeUnkept());
        ledger.takeAnswers().forEach(answer -> {
            if (answer.outcome() == Outcome.REFUSED) {
                refusals.add(answer);
            }
            listener.answered(answer);
        });
    }

    /** Writes that remove entries which the admitted ones override; done before the admitted ones' records. */
    List<TurnPlan.Removal> removalsBefore(Collection<Admitted> admitted) {
        List<TurnPlan.Removal> removals = new ArrayList<>();
        for (ChannelReader channel : channels) {
            if (!channel.has(ChannelTrait.STAYS_UNTIL_ANSWERED)) {
                continue;
            }
            List<LedgerEntry> overridden = new ArrayList<>();
            Set<TopicPartition> overriders = new TreeSet<>();
            for (Admitted one : admitted) {
                for (LedgerEntry entry : ledger.overriddenBy(one.entry(), one.before())) {
                    if (entry.id().channel().equals(channel.name())) {
                        overridden.add(entry);
                        overriders.add(one.entry().partition());
                    }
                }
            }
            channel.settle(overridden, channels, Set.of())
                    .forEach(write -> removals.add(new TurnPlan.Removal(write.write(), overriders)));
        }
        return removals;
    }

    /** Removals were done or failed: their channels are read again before anything else of them is written. */
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
}
