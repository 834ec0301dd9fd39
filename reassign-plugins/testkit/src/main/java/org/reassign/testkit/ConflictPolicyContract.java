package org.reassign.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.ReassignmentRecord;
import org.reassign.api.model.Replicas;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.api.spi.StoredRequest;

/** What every {@link ConflictPolicy} has to keep; who wins is its own business. */
public interface ConflictPolicyContract {
    /** The policy, made as the host would make it. */
    ConflictPolicy policy();

    /** Whether some entry is refused. */
    default boolean refuses() {
        return false;
    }

    /** Whether some entry is answered as superseded by the older one that runs. */
    default boolean holdsSomeOutdated() {
        return false;
    }

    /**
     * A request meets one in flight.
     *
     * @param running what is in flight
     * @param request the request that comes
     * @param entry its entry for that partition
     */
    record Meeting(ReassignmentRecord running, StoredRequest request, StoredRequest.Valid entry) {}

    /** Every mix of mechanisms, zxids before, at and after the running one's, retargets, replays and cancels. */
    static Stream<Meeting> meetings() {
        TopicPartition partition = new TopicPartition("orders", 7);
        List<Meeting> meetings = new ArrayList<>();
        for (Mechanism running : Mechanism.values()) {
            for (Mechanism incoming : Mechanism.values()) {
                for (long zxid : new long[] {49, 50, 51}) {
                    for (Optional<Replicas> target : targets()) {
                        meetings.add(meeting(partition, running, incoming, zxid, target));
                    }
                }
            }
        }
        return meetings.stream();
    }

    private static List<Optional<Replicas>> targets() {
        return List.of(Optional.of(Replicas.of(7, 8)), Optional.of(Replicas.of(4, 5)), Optional.empty());
    }

    private static Meeting meeting(
            TopicPartition partition, Mechanism running, Mechanism incoming, long zxid, Optional<Replicas> target) {
        StoredRequest.Valid entry = new StoredRequest.Valid(partition, target);
        return new Meeting(
                new ReassignmentRecord(
                        partition,
                        Replicas.of(4, 5),
                        Replicas.of(1, 2),
                        Replicas.NONE,
                        running,
                        50,
                        id(running, 3),
                        Optional.empty(),
                        Optional.empty(),
                        0),
                StoredRequest.of("/admin/" + id(incoming, 4), incoming, zxid, List.of(entry)),
                entry);
    }

    private static String id(Mechanism mechanism, int number) {
        return mechanism == Mechanism.LEGACY ? "reassign_partitions" : "request_000000000" + number;
    }

    private Resolution resolved(Meeting meeting) {
        return policy().resolve(meeting.running(), meeting.request(), meeting.entry());
    }

    @Test
    default void resolves_every_meeting_and_the_same_way_each_time() {
        assertThat(meetings())
                .allSatisfy(meeting -> assertThat(resolved(meeting)).isNotNull().isEqualTo(resolved(meeting)));
    }

    @Test
    default void lets_some_entry_through() {
        assertThat(meetings()).anyMatch(meeting -> resolved(meeting) instanceof Resolution.Accept);
    }

    @Test
    default void refuses_some_entry_if_it_says_so() {
        assertThat(meetings().anyMatch(meeting -> resolved(meeting) instanceof Resolution.Refuse))
                .as("refuses some entry")
                .isEqualTo(refuses());
    }

    @Test
    default void holds_some_entry_outdated_if_it_says_so() {
        assertThat(meetings().anyMatch(meeting -> resolved(meeting) instanceof Resolution.Outdated))
                .as("holds some entry outdated")
                .isEqualTo(holdsSomeOutdated());
    }

    @Test
    default void a_refusal_is_one_sentence_that_names_the_partition_and_the_running_request() {
        assertThat(meetings()).allSatisfy(meeting -> {
            if (resolved(meeting) instanceof Resolution.Refuse refuse) {
                assertThat(refuse.sentence())
                        .contains("orders-7", meeting.running().request())
                        .doesNotContain("\n");
            }
        });
    }
}
