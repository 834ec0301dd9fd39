package org.reassign.cli;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.reassign.simulation.scenario.RunFootprint;

/**
 * What a run has left in a ZooKeeper that outlives it.
 *
 * @param zookeeper the ZooKeeper, as named by the user
 * @param kept whether it was to be left
 * @param found what is there
 * @param failure why it could not be removed; null where ZooKeeper has answered
 */
record Remains(
        @JsonIgnore String zookeeper,
        @JsonIgnore boolean kept,
        @JsonUnwrapped RunFootprint.Remains found,
        @JsonIgnore String failure) {
    private static final int SHOWN = 5;

    /** What may be there, since ZooKeeper has failed a request. */
    static Remains unknown(String zookeeper, Collection<String> made, String failure) {
        return new Remains(
                zookeeper,
                false,
                new RunFootprint.Remains(List.copyOf(made), List.of(), List.of(), List.of()),
                failure);
    }

    /** Whether something was to be removed and is, or may be, still there. */
    @JsonIgnore
    boolean isAmiss() {
        return !kept && !found.topics().isEmpty();
    }

    /** What could not be removed; empty where all is as asked. */
    List<String> complaints() {
        List<String> sentences = new ArrayList<>();
        if (isAmiss()) {
            sentences.add("topics " + shown(found.topics()) + " of this run could not be removed at " + zookeeper
                    + (failure == null ? "" : " (" + failure + ")") + "; " + remedy());
        }
        if (!found.paths().isEmpty() && !kept) {
            sentences.add("at " + zookeeper + " stays " + shown(found.paths())
                    + ", for topics that were there before or of other clients; a run with --use-existing goes on with"
                    + " it");
        }
        return sentences;
    }

    /** What stays on purpose. */
    List<String> notes() {
        List<String> sentences = new ArrayList<>();
        if (kept && !found.topics().isEmpty()) {
            sentences.add("kept as asked: topics " + shown(found.topics()) + "; " + remedy());
        }
        if (!found.existing().isEmpty()) {
            sentences.add("there before, and left: topics " + shown(found.existing()) + "; " + remedy());
        }
        if (!found.roots().isEmpty()) {
            sentences.add("left for later runs: the roots " + String.join(", ", found.roots())
                    + "; 'deleteall' of each in zkCli.sh removes them");
        }
        return sentences;
    }

    private static String remedy() {
        return "a run with --use-existing goes on with them, 'deleteall' of /brokers/topics/T and /config/topics/T in"
                + " zkCli.sh removes topic T";
    }

    private static String shown(Collection<String> all) {
        return all.stream().limit(SHOWN).collect(Collectors.joining(", "))
                + (all.size() > SHOWN ? " and " + (all.size() - SHOWN) + " more" : "");
    }
}
