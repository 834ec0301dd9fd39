package org.reassign.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.reassign.simulation.scenario.RunFootprint;

/** What a run has left is said, with what goes on with it and what removes it. */
class RemainsTest {
    private static final String REMEDY = "; a run with --use-existing goes on with them, 'deleteall' of"
            + " /brokers/topics/T and /config/topics/T in zkCli.sh removes topic T";

    private static RunFootprint.Remains found(List<String> topics, List<String> paths) {
        return new RunFootprint.Remains(topics, List.of(), paths, List.of("/admin", "/brokers"));
    }

    @Test
    void rootsAloneAreAsAsked() {
        Remains remains = new Remains("h:1", false, found(List.of(), List.of()), null);

        assertThat(remains.isAmiss()).isFalse();
        assertThat(remains.complaints()).isEmpty();
        assertThat(remains.notes())
                .containsExactly("left for later runs: the roots /admin, /brokers; 'deleteall' of each in zkCli.sh"
                        + " removes them");
    }

    @Test
    void whatZooKeeperDidNotLetUsRemoveIsNamedWithTheCause() {
        Remains remains = Remains.unknown("h:1", List.of("a", "b", "c", "d", "e", "f"), "CONNECTION_LOSS at /x");

        assertThat(remains.isAmiss()).isTrue();
        assertThat(remains.complaints())
                .containsExactly("topics a, b, c, d, e and 1 more of this run could not be removed at h:1"
                        + " (CONNECTION_LOSS at /x)" + REMEDY);
    }

    @Test
    void whatIsKeptIsNoFault() {
        Remains remains = new Remains("h:1", true, found(List.of("a"), List.of("/admin/reassignments/a/0")), null);

        assertThat(remains.isAmiss()).isFalse();
        assertThat(remains.complaints()).isEmpty();
        assertThat(remains.notes()).contains("kept as asked: topics a" + REMEDY);
    }

    @Test
    void recordsOfTopicsThatWereThereBeforeAreNamed() {
        Remains remains = new Remains("h:1", false, found(List.of(), List.of("/admin/reassignments/a/0")), null);

        assertThat(remains.isAmiss()).isFalse();
        assertThat(remains.complaints())
                .containsExactly("at h:1 stays /admin/reassignments/a/0, for topics that were there before or of other"
                        + " clients; a run with --use-existing goes on with it");
    }
}
