package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.reassign.api.model.Answer;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.BrokerRequest;
import org.reassign.core.lead.ControllerListener;

/** The controller of a run: one at most, killed and started by steps. */
final class ControllerSlot implements AutoCloseable {
    private final RunSetup setup;
    private final RunRecorder recorder;
    private final Waiting waiting;
    private final Duration limit;
    private Optional<RunSetup.ControllerHandle> controller = Optional.empty();

    /**
     * A slot without a controller.
     *
     * @param limit how long one may take to lead
     */
    ControllerSlot(RunSetup setup, RunRecorder recorder, Waiting waiting, Duration limit) {
        this.setup = setup;
        this.recorder = recorder;
        this.waiting = waiting;
        this.limit = limit;
    }

    /** Starts a controller and waits until it leads. */
    void start() {
        if (controller.isPresent()) {
            throw new StepFailedException(
                    RunReport.Outcome.FAILED, "a controller runs already; kill it before another is started");
        }
        RunSetup.ControllerHandle started = setup.controllers().make(new Both(recorder, setup.listener()));
        controller = Optional.of(started);
        started.start();
        if (!waiting.until(limit, () -> CompletableFuture.completedFuture(started.leads()))) {
            throw new StepFailedException(
                    RunReport.Outcome.TIMEOUT,
                    "the controller did not lead within " + Waiting.text(limit)
                            + recorder.whyStopped().map(why -> ": " + why).orElse(""));
        }
    }

    /** Stops the controller, as in a crash. */
    void kill() {
        RunSetup.ControllerHandle running = controller.orElseThrow(() ->
                new StepFailedException(RunReport.Outcome.FAILED, "no controller runs; start one before it is killed"));
        running.kill();
        controller = Optional.empty();
    }

    boolean leads() {
        return controller.filter(RunSetup.ControllerHandle::leads).isPresent();
    }

    /** Whether no effect is outstanding; so it is where no controller runs. */
    boolean idle() {
        return controller.isEmpty() || controller.get().idle();
    }

    @Override
    public void close() {
        controller.ifPresent(RunSetup.ControllerHandle::close);
        controller = Optional.empty();
    }

    /** Tells two listeners. */
    private record Both(ControllerListener first, ControllerListener second) implements ControllerListener {
        @Override
        public void elected(int controllerEpoch) {
            first.elected(controllerEpoch);
            second.elected(controllerEpoch);
        }

        @Override
        public void office(String sentence) {
            first.office(sentence);
            second.office(sentence);
        }

        @Override
        public void interrupted(String why) {
            first.interrupted(why);
            second.interrupted(why);
        }

        @Override
        public void leads(int controllerEpoch) {
            first.leads(controllerEpoch);
            second.leads(controllerEpoch);
        }

        @Override
        public void stopped(String why) {
            first.stopped(why);
            second.stopped(why);
        }

        @Override
        public void step(TopicPartition partition, String label, String text) {
            first.step(partition, label, text);
            second.step(partition, label, text);
        }

        @Override
        public void recorded(String request, TopicPartition partition) {
            first.recorded(request, partition);
            second.recorded(request, partition);
        }

        @Override
        public void answered(Answer answer) {
            first.answered(answer);
            second.answered(answer);
        }

        @Override
        public void dropped(TopicPartition partition, int broker, boolean wasInSync, boolean wasLeader) {
            first.dropped(partition, broker, wasInSync, wasLeader);
            second.dropped(partition, broker, wasInSync, wasLeader);
        }

        @Override
        public void leaderMoved(TopicPartition partition, int from, int to) {
            first.leaderMoved(partition, from, to);
            second.leaderMoved(partition, from, to);
        }

        @Override
        public void detected(TopicPartition partition, long millis) {
            first.detected(partition, millis);
            second.detected(partition, millis);
        }

        @Override
        public void sent(int broker, BrokerRequest request) {
            first.sent(broker, request);
            second.sent(broker, request);
        }

        @Override
        public void warning(String sentence) {
            first.warning(sentence);
            second.warning(sentence);
        }

        @Override
        public void turned(boolean idle) {
            first.turned(idle);
            second.turned(idle);
        }
    }
}
