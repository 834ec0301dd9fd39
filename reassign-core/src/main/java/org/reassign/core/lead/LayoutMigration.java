package org.reassign.core.lead;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.RecordChange;
import org.reassign.api.spi.RecordWrites;
import org.reassign.api.spi.StorageLayout;
import org.reassign.api.spi.TopicSnapshot;
import org.reassign.api.zk.ZkWrite;
import org.reassign.core.observe.Moved;
import org.reassign.core.store.LeadershipLost;
import org.reassign.core.store.Op;
import org.reassign.core.store.Op.Phase;
import org.reassign.core.store.Store;
import org.reassign.core.store.TopicJson;
import org.reassign.core.store.TopicRead;
import org.reassign.core.store.TopicReader;

/**
 * Recovery after a change of layout: records that were read in other layouts are written in the chosen one, then
 * removed from the others. If both hold a partition's record, that of the chosen layout counts.
 *
 * <p>All records are written before the first topic znode is, and all topic znodes before the first record is removed.
 * So after a crash at any point each record can be read in at least one layout, with the same content in all of them.
 */
final class LayoutMigration {
    private final TermContext context;
    private final Store store;
    private final List<StorageLayout> layouts;
    private final RecordZnodes znodes = new RecordZnodes();
    private final List<Op<Object>> ops = new ArrayList<>();

    /**
     * A topic whose records are moved: its read, and the writes of each layout.
     *
     * @param assigned AR of all its partitions, with the targets in front: a layout may take the target from there, and
     *     a tool may have overwritten AR since a controller led last
     */
    private record Move(TopicRead read, SortedMap<Integer, Replicas> assigned, List<RecordWrites> writes) {
        String topic() {
            return read.topic();
        }
    }

    LayoutMigration(TermContext context, Store store) {
        this.context = context;
        this.store = store;
        this.layouts = context.plugins().layouts();
    }

    /**
     * Moves the records that were found in other layouts.
     *
     * @param reads all topics, read in {@link Plugins#layouts()}
     * @throws MigrationException if a record cannot be moved: without it the reassignment would be lost
     */
    Moved move(List<TopicRead> reads) {
        List<Move> moves = reads.stream()
                .filter(LayoutMigration::isElsewhere)
                .map(this::encoded)
                .toList();
        if (moves.isEmpty()) {
            return new Moved(Set.of(), Set.of());
        }
        reads.forEach(read -> znodes.add(read.znodes()));
        moves.forEach(this::writeRecords);
        moves.forEach(this::writeTopic);
        moves.forEach(this::removeRecords);
        if (!store.settle(ops).isEmpty()) {
            throw new LeadershipLost("a topic changed while its records were moved", null);
        }
        Set<String> topics = new TreeSet<>();
        moves.forEach(move -> topics.add(move.topic()));
        warn(moves);
        return new Moved(topics, znodes.written());
    }

    private static boolean isElsewhere(TopicRead read) {
        return IntStream.range(1, read.byLayout().size())
                .anyMatch(layout -> !read.byLayout().get(layout).isEmpty());
    }

    private Move encoded(TopicRead read) {
        TopicSnapshot ours = read.snapshot().orElseThrow(() -> unreadable(read));
        List<RecordChange> taken = new ArrayList<>();
        SortedMap<Integer, Replicas> assigned = new TreeMap<>(ours.assigned());
        read.records().forEach((partition, record) -> {
            if (!ours.assigned().containsKey(partition)) {
                throw missing(read, partition);
            }
            if (!ours.inFlight().containsKey(partition)) {
                assigned.computeIfPresent(
                        partition, (number, now) -> record.target().append(now));
                taken.add(new RecordChange(partition, assigned.get(partition), Optional.of(record)));
            }
        });
        List<RecordWrites> writes = new ArrayList<>();
        writes.add(layouts.get(0).encode(ours, taken));
        for (int i = 1; i < layouts.size(); i++) {
            TopicSnapshot theirs = read.snapshot(i).orElseThrow();
            List<RecordChange> given = theirs.inFlight().keySet().stream()
                    .map(partition ->
                            new RecordChange(partition, theirs.assigned().get(partition), Optional.empty()))
                    .toList();
            writes.add(
                    given.isEmpty()
                            ? new RecordWrites(List.of(), Map.of(), List.of())
                            : layouts.get(i).encode(theirs, given));
        }
        return new Move(read, assigned, writes);
    }

    private void writeRecords(Move move) {
        for (ZkWrite write : move.writes().get(0).before()) {
            znodes.write(write).ifPresent(op -> add(move, Phase.RECORDS_WRITTEN, op));
        }
    }

    /** The chosen layout's write of a path takes precedence. */
    private void writeTopic(Move move) {
        TopicSnapshot topic = move.read().snapshot().orElseThrow();
        SortedMap<String, String> fields = new TreeMap<>(topic.fields());
        for (int i = layouts.size() - 1; i >= 0; i--) {
            move.writes()
                    .get(i)
                    .topicFields()
                    .forEach((name, text) ->
                            text.ifPresentOrElse(json -> fields.put(name, json), () -> fields.remove(name)));
        }
        if (!fields.equals(topic.fields()) || !move.assigned().equals(topic.assigned())) {
            String json = TopicJson.encode(move.assigned(), fields);
            add(move, Phase.TOPICS, ZkWrite.setData(TopicReader.path(move.topic()), json, topic.version()));
        }
    }

    private void removeRecords(Move move) {
        for (int i = 1; i < layouts.size(); i++) {
            for (ZkWrite write : move.writes().get(i).after()) {
                znodes.delete(write, layouts.get(i).placement()).ifPresent(op -> add(move, Phase.RECORDS_DELETED, op));
            }
        }
    }

    private void add(Move move, Phase phase, ZkWrite write) {
        Op<Object> op = new Op<>(phase, Set.of(move.topic()), write);
        if (!op.fits()) {
            throw tooLarge(move.read(), write);
        }
        ops.add(op);
    }

    private void warn(List<Move> moves) {
        for (int i = 1; i < layouts.size(); i++) {
            Set<String> topics = new TreeSet<>();
            for (Move move : moves) {
                if (!move.read().byLayout().get(i).isEmpty()) {
                    topics.add(move.topic());
                }
            }
            if (!topics.isEmpty()) {
                context.listener()
                        .warning("records of topics " + topics + " were found in layout '" + name(i)
                                + "' and moved to '" + name(0) + "'");
            }
        }
    }

    private String name(int layout) {
        Plugins plugins = context.plugins();
        return layout == 0
                ? plugins.layout().name()
                : plugins.otherLayouts().get(layout - 1).name();
    }

    /** The first other layout that holds records of the topic. */
    private String holder(TopicRead read) {
        int layout = 1;
        while (read.byLayout().get(layout).isEmpty()) {
            layout++;
        }
        return name(layout);
    }

    private String cannot(TopicRead read) {
        return "layout '" + name(0) + "' cannot take over the records of topic '" + read.topic() + "' from layout '"
                + holder(read) + "'";
    }

    private MigrationException tooLarge(TopicRead read, ZkWrite write) {
        return new MigrationException(cannot(read) + ": " + OversizeCheck.sentence(write) + "; choose layout '"
                + holder(read) + "' until fewer of its partitions are in flight");
    }

    private MigrationException unreadable(TopicRead read) {
        return new MigrationException(cannot(read) + " while " + TopicReader.path(read.topic())
                + " does not hold a topic's JSON; fix it, or choose layout '" + holder(read) + "'");
    }

    private MigrationException missing(TopicRead read, int partition) {
        return new MigrationException(cannot(read) + " while " + TopicReader.path(read.topic()) + " lacks partition "
                + partition + ", which is in flight; put it back, or choose layout '" + holder(read) + "'");
    }
}
