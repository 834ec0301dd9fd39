package org.reassign.simulation.scenario;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Refusal;
import org.reassign.core.meter.Cost;

/**
 * The result of a run; as JSON, the report that {@code run --output json} prints. Absent values are null.
 *
 * @param scenario the scenario's name
 * @param outcome how it ended
 * @param settings what it was run with
 * @param partitions every partition that a request named, ordered
 * @param answers one per entry that has its answer, in the order in which the entries were given
 * @param drops replicas dropped before completion, in the order in which it happened
 * @param leftovers paths of ours that are left, the roots excepted; empty when settled
 * @param cost what it cost, from the moment the controller led to the end of the last step
 * @param controller how often leadership was won, and at which epoch last
 * @param millis how long it took
 * @param faults one sentence for each thing that is not as asked; the outcome is settled where there is none
 */
public record RunReport(
        String scenario,
        Outcome outcome,
        Settings settings,
        List<PartitionReport> partitions,
        List<AnswerReport> answers,
        List<DropReport> drops,
        List<String> leftovers,
        Costs cost,
        ControllerReport controller,
        Millis millis,
        List<String> faults) {

    /** The answer of an entry that was neither recorded nor answered when the run ended. */
    public static final String WAITING = "waiting";

    /** How a run can end. */
    public enum Outcome {
        /** All is as expected. */
        SETTLED,
        /** Something that was waited for did not come. */
        TIMEOUT,
        /** An expectation does not hold, a request was refused, or a step could not be done. */
        FAILED;

        /** As written in the report. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * What a run was run with: names as on the command line, and in {@code set} every setting of the controller and of
     * the plugins, as in {@code controller.coalesce}, with the value that held. Where the brokers' own controller did the
     * work, {@code gateway} is its name, what is chosen for ours is null, no channel is named, and {@code set} says how it
     * was asked.
     */
    public record Settings(
            String zookeeper,
            String storageLayout,
            String isrWatcher,
            String dropPolicy,
            String conflictPolicy,
            List<String> requestChannels,
            String gateway,
            String writeMode,
            SortedMap<String, String> set) {
        /** Those of a run in which the brokers' own controller did the work. */
        public static Settings ofRival(String zookeeper, String name, SortedMap<String, String> set) {
            return new Settings(zookeeper, null, null, null, null, List.of(), name, null, set);
        }

        /** Whether the brokers' own controller did the work. */
        @JsonIgnore
        public boolean isRival() {
            return storageLayout == null;
        }
    }

    /** A partition at the end: {@code leader} −1 where there is none, {@code expected} null where nothing is. */
    public record PartitionReport(
            String topic,
            int partition,
            List<Integer> replicas,
            int leader,
            List<Integer> isr,
            List<Integer> expected) {}

    /** An entry's answer; code and reason only where it was refused. */
    public record AnswerReport(
            String request, String channel, String partition, String answer, String code, String reason) {}

    /** A replica dropped before completion. */
    public record DropReport(String partition, int broker, boolean wasInSync, boolean wasLeader) {}

    /** What a run cost. */
    public record Costs(ZooKeeperCost zookeeper, BrokerCost brokers) {}

    /** Operations by actor; null where they cannot be counted. */
    public record ZooKeeperCost(Cost controller, Cost requester, Cost brokers) {}

    /** Requests to brokers; {@code bytesCopied} null without a lab, all else null where our controller did not send them. */
    public record BrokerCost(
            Long leaderAndIsrRequests,
            Long stopReplicaRequests,
            Long updateMetadataRequests,
            Long bytesCopied,
            Long leaderMoves) {}

    /**
     * The leadership of the run's controllers.
     *
     * @param terms how often an election was won, since the first controller started; a lost connection costs none
     * @param epoch the controller epoch that was won last; 0 where none was
     */
    public record ControllerReport(int terms, int epoch) {}

    /** How long it took; detection null where nothing was detected. */
    public record Millis(long total, Long detectionP50, Long detectionP99) {}

    /** An answer as written in reports and scenarios, such as {@code topic-deleted}. */
    public static String text(Answer.Outcome outcome) {
        return outcome.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** A refusal's code as written in reports, such as {@code unknown-topic}. */
    public static String text(Refusal.Code code) {
        return code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
