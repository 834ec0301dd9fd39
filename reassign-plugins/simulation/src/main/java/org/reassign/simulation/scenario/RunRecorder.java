package org.reassign.simulation.scenario;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.core.lead.ControllerListener;
import org.reassign.simulation.scenario.RunReport.DropReport;

/** Keeps what controllers tell, for the report. Told on the controller's thread, read on the runner's. */
final class RunRecorder implements ControllerListener {
    /** Partition to the requests that were recorded for it. */
    private final Map<String, Set<String>> recorded = new HashMap<>();

    private final AnswerLog answers = new AnswerLog();
    private final List<DropReport> drops = new ArrayList<>();
    private final List<Long> detections = new ArrayList<>();
    private Optional<String> stopped = Optional.empty();
    private RunReport.ControllerReport controller = new RunReport.ControllerReport(0, 0);
    private long leaderAndIsr;
    private long stopReplica;
    private long updateMetadata;
    private long leaderMoves;

    /** Forgets what was counted while the cluster was set up. */
    synchronized void reset() {
        detections.clear();
        leaderAndIsr = 0;
        stopReplica = 0;
        updateMetadata = 0;
        leaderMoves = 0;
    }

    @Override
    public synchronized void elected(int controllerEpoch) {
        controller = new RunReport.ControllerReport(controller.terms() + 1, controllerEpoch);
    }

    synchronized RunReport.ControllerReport controller() {
        return controller;
    }

    @Override
    public synchronized void recorded(String request, TopicPartition partition) {
        recorded.computeIfAbsent(partition.toString(), name -> new HashSet<>()).add(request);
    }

    @Override
    public synchronized void answered(Answer answer) {
        answers.add(answer);
    }

    @Override
    public synchronized void dropped(TopicPartition partition, int broker, boolean wasInSync, boolean wasLeader) {
        drops.add(new DropReport(partition.toString(), broker, wasInSync, wasLeader));
    }

    @Override
    public synchronized void leaderMoved(TopicPartition partition, int from, int to) {
        leaderMoves++;
    }

    @Override
    public synchronized void detected(TopicPartition partition, long millis) {
        detections.add(millis);
    }

    @Override
    public synchronized void sent(int broker, BrokerRequest request) {
        if (request instanceof BrokerRequest.LeaderAndIsrRequest) {
            leaderAndIsr++;
        } else if (request instanceof BrokerRequest.StopReplicaRequest) {
            stopReplica++;
        } else {
            updateMetadata++;
        }
    }

    @Override
    public synchronized void stopped(String why) {
        stopped = Optional.of(why);
    }

    /** Why a controller stopped by itself, if one did. */
    synchronized Optional<String> whyStopped() {
        return stopped;
    }

    /** Whether the entry has been recorded, or answered, since {@code answersBefore} answers were there. */
    synchronized boolean taken(List<String> requests, String partition, int answersBefore) {
        return isRecorded(requests, partition)
                || answers.first(requests, partition, answersBefore, answer -> true)
                        .isPresent();
    }

    /** Whether the entry has been recorded. */
    synchronized boolean isRecorded(List<String> requests, String partition) {
        return recorded.getOrDefault(partition, Set.of()).stream().anyMatch(requests::contains);
    }

    /** How many answers there are so far. */
    synchronized int answerCount() {
        return answers.size();
    }

    /** Forgets that a request was recorded; the legacy znode's name comes again with each request. */
    synchronized int begin(String reusedRequest) {
        recorded.values().forEach(requests -> requests.remove(reusedRequest));
        return answers.size();
    }

    synchronized AnswerLog answers() {
        return answers.copy();
    }

    synchronized List<DropReport> drops() {
        return List.copyOf(drops);
    }

    synchronized RunReport.BrokerCost brokerCost(Long bytesCopied) {
        return new RunReport.BrokerCost(leaderAndIsr, stopReplica, updateMetadata, bytesCopied, leaderMoves);
    }

    /** The value below which this share of detections lies; null where there are none. */
    synchronized Long detection(double share) {
        if (detections.isEmpty()) {
            return null;
        }
        List<Long> sorted = detections.stream().sorted().toList();
        return sorted.get((int) Math.min(sorted.size() - 1, Math.ceil(share * sorted.size()) - 1));
    }
}
