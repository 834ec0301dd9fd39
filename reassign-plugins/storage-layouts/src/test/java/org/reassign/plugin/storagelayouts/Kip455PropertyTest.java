package org.reassign.plugin.storagelayouts;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.UniqueElements;
import org.reassign.api.codec.RecordFormatException;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;

/** Whatever is moved where, and whatever a policy lets go of. */
class Kip455PropertyTest {
    @Property
    void the_record_comes_back_and_kafkas_cancel_keeps_the_replication_factor(
            @ForAll @Size(min = 1, max = 5) @UniqueElements List<@IntRange(max = 9) Integer> original,
            @ForAll @Size(min = 1, max = 5) @UniqueElements List<@IntRange(max = 9) Integer> target,
            @ForAll @Size(max = 3) @UniqueElements List<@IntRange(max = 9) Integer> others,
            @ForAll Set<@IntRange(max = 9) Integer> droppable)
            throws RecordFormatException {
        Replicas before = new Replicas(original);
        Replicas wanted = new Replicas(target);
        Replicas gone = before.minus(wanted).filter(droppable::contains);
        Replicas assigned = wanted.append(before).append(new Replicas(others)).minus(gone);
        ReassignmentRecord record = Topic.move(wanted, before, gone);
        Topic topic = new Topic(new Kip455(), before, Map.of("version", "3"));
        topic.write(assigned, Optional.of(record));

        assertThat(topic.read()).containsExactly(record);
        Map<Integer, Replicas> lists = new TreeMap<>();
        ReplicaLists.read(topic.snapshot(), "adding_replicas", lists, new HashSet<>(), new ArrayList<>());
        Replicas adding = lists.getOrDefault(0, Replicas.NONE);
        Replicas afterCancel = assigned.minus(adding);
        assertThat(afterCancel.containsAll(before.minus(gone))).isTrue();
        assertThat(afterCancel.size()).isEqualTo(Math.min(before.size(), assigned.size()));
    }
}
