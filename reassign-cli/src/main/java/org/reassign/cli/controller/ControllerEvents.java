package org.reassign.cli.controller;

import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeMap;
import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.core.lead.ControllerListener;
import org.reassign.core.lead.Workload;
import org.reassign.core.store.LeadershipLost;
import org.reassign.simulation.scenario.RunReport;

/** Hands on what the controller tells: to the log, to what is shown, and to brokers that are there only while it leads. */
final class ControllerEvents implements ControllerListener {
    private final ControllerLog log;
    private final ServiceStatus status;
    private final Office office;
    private final Map<TopicPartition, String> requests = new TreeMap<>();

    /** What begins and ends with the office. */
    interface Office {
        /** Nothing does. */
        Office NONE = new Office() {
            @Override
            public void begins() {}

            @Override
            public void stopping() {}

            @Override
            public void ends() {}
        };

        /**
         * The office was won; nothing is read, written or sent before this returns, which may take some seconds. On the
         * controller's thread.
         *
         * @throws LeadershipLost where what the office needs could not be begun; then the office is given up
         */
        void begins();

        /** The process is to end: {@link #begins} does not go on, now or later. From any thread. */
        void stopping();

        /** The office was lost or handed back; returns at once. On the controller's thread. */
        void ends();
    }

    ControllerEvents(ControllerLog log, ServiceStatus status, Office office) {
        this.log = log;
        this.status = status;
        this.office = office;
    }

    @Override
    public void elected(int controllerEpoch) {
        status.elected(controllerEpoch);
        log.info("elected: controller epoch " + controllerEpoch);
        office.begins();
    }

    @Override
    public void leads(int controllerEpoch) {
        log.info("leads: all that was in flight is taken up, at controller epoch " + controllerEpoch);
    }

    @Override
    public void office(String sentence) {
        log.info(sentence);
    }

    @Override
    public void handedBack() {
        outOfOffice();
    }

    @Override
    public void interrupted(String why) {
        log.warning("the connection to ZooKeeper is lost (" + why + "); goes on once it is back");
    }

    @Override
    public void stopped(String why) {
        log.warning("leads no longer, or could not lead: " + why);
        outOfOffice();
    }

    private void outOfOffice() {
        requests.clear();
        status.outOfOffice();
        office.ends();
    }

    @Override
    public void recorded(String request, TopicPartition partition) {
        requests.put(partition, request);
    }

    @Override
    public void step(TopicPartition partition, String label, String text) {
        log.step(partition, Optional.of(label), Optional.ofNullable(requests.get(partition)), text);
    }

    @Override
    public void answered(Answer answer) {
        status.answered(answer.outcome());
        String text = answer.request() + " " + RunReport.text(answer.outcome())
                + answer.refusal().map(why -> ": " + why.sentence()).orElse("");
        Optional<TopicPartition> partition = TopicPartition.parse(answer.partition());
        if (partition.isEmpty()) {
            log.info(text);
            return;
        }
        requests.remove(partition.get(), answer.request());
        log.step(partition.get(), Optional.empty(), Optional.of(answer.request()), text);
    }

    @Override
    public void throttlesRemoved(SortedSet<String> topics, SortedSet<Integer> brokers) {
        log.info("throttles are taken off: topics " + topics + ", brokers " + brokers);
    }

    @Override
    public void warning(String sentence) {
        log.warning(sentence);
    }

    @Override
    public void workload(Workload left) {
        status.workload(left);
    }
}
