package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.reassign.api.spi.SettlementWrite;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.ledger.Ledger;
import org.reassign.core.ledger.LedgerEntry;
import org.reassign.core.store.AnswerJson;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;

/** Removes settled entries from their channels, and keeps their answers where that is still to be done. */
final class Settlements {
    private static final String ANY = "";

    private final List<ChannelReader> channels;
    private final Ledger ledger;
    private final KeptAnswers kept;

    /** The owner of a write that settles entries. */
    private record Owner(String channel, String request) {}

    Settlements(List<ChannelReader> channels, Ledger ledger, KeptAnswers kept) {
        this.channels = channels;
        this.ledger = ledger;
        this.kept = kept;
    }

    /**
     * The writes that remove settled entries, each owned by its requests, so that a failure stops no other request.
     * None of a channel that must be read again: a znode that we deleted and a client created again would have the
     * version that we know.
     */
    List<Op<Object>> take() {
        List<Op<Object>> ops = new ArrayList<>();
        Set<String> gone = new TreeSet<>(); // a channel that shares znodes with one before it settles what that leaves
        for (ChannelReader channel : channels) {
            if (channel.isInvalid()) {
                continue;
            }
            List<LedgerEntry> due = ledger.takeDue(channel.name());
            List<SettlementWrite> writes = channel.settle(due, channels, gone);
            Map<SettlementWrite, List<ZkWrite>> answers = answers(due, writes);
            for (SettlementWrite write : writes) {
                Set<Object> owners = new HashSet<>(Set.of(write.write().path()));
                write.requests().forEach(request -> owners.add(new Owner(channel.name(), request)));
                List<ZkWrite> beside = answers.getOrDefault(write, List.of());
                kept.counts(beside);
                Phase phase = write.entries().isEmpty() ? Phase.SETTLED : Phase.HOUSEKEEPING;
                ops.add(new Op<>(phase, owners, write.write()).beside(beside));
                if (write.write() instanceof ZkWrite.Delete) {
                    gone.add(write.write().path());
                }
            }
        }
        return ops;
    }

    /**
     * The answers to keep with each write: that which removes the entry. What was overwritten shows only as long as what
     * has overwritten it: its answer goes with the removal of either, whichever is done.
     */
    private static Map<SettlementWrite, List<ZkWrite>> answers(List<LedgerEntry> due, List<SettlementWrite> writes) {
        Map<SettlementWrite, List<ZkWrite>> answers = new HashMap<>();
        if (due.stream().allMatch(entry -> entry.unkept().isEmpty())) {
            return answers;
        }
        Map<List<String>, SettlementWrite> removal = new HashMap<>();
        for (SettlementWrite write : writes) {
            for (String request : write.requests()) {
                removal.put(List.of(request), write);
                write.entries().forEach(name -> {
                    removal.put(List.of(request, name), write);
                    removal.put(List.of(ANY, name), write);
                });
            }
        }
        due.forEach(entry -> entry.unkept().ifPresent(answer -> {
            String request = entry.request().id();
            Optional<SettlementWrite> own = Optional.ofNullable(removal.get(List.of(request, entry.name())));
            Stream<SettlementWrite> with = own.isPresent()
                    ? own.stream()
                    : Stream.of(List.of(request), List.of(ANY, entry.name()))
                            .flatMap(key -> Stream.ofNullable(removal.get(key)));
            with.distinct()
                    .forEach(write -> answers.computeIfAbsent(write, one -> new ArrayList<>())
                            .add(AnswerJson.create(answer)));
        }));
        return answers;
    }

    /** Whether more requests are to be settled. */
    boolean hasDue() {
        return ledger.hasDue();
    }

    /**
     * Housekeeping was done, except for these owners, whose requests are read and settled again. Channels that share
     * znodes learn of each other's writes; otherwise a deleted target would look like one without a request. So would a
     * target that has lost its notification to another such channel, and has been overwritten since it was read: then all
     * is read again.
     */
    void written(List<Op<Object>> ops, Set<Object> failed) {
        for (ChannelReader channel : channels) {
            List<ZkWrite> done = new ArrayList<>();
            for (Op<Object> op : ops) {
                if (channel.knows(op.write().path())) {
                    boolean doubtful = channel.watches(op.write().path()) && isOfAnotherWithValues(channel, op);
                    if (doubtful || op.owners().stream().anyMatch(failed::contains)) {
                        channel.readAgain(op.write().path());
                    } else {
                        done.add(op.write());
                    }
                }
            }
            channel.written(done);
        }
        failed.forEach(owner -> {
            if (owner instanceof Owner own) {
                ledger.notSettled(own.channel(), own.request());
            }
        });
    }

    private boolean isOfAnotherWithValues(ChannelReader channel, Op<Object> op) {
        return channel.hasValues()
                && channels.stream()
                        .filter(other -> other != channel && other.hasValues())
                        .anyMatch(other -> op.owners().stream()
                                .anyMatch(owner -> owner instanceof Owner own
                                        && own.channel().equals(other.name())));
    }
}
