package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import org.reassign.api.model.LeaderAndIsr;
import org.reassign.api.model.Mechanism;
import org.reassign.api.model.TopicPartition;
import org.reassign.api.spi.Lab;
import org.reassign.api.spi.RequestChannel;
import org.reassign.api.zk.ZkPort;
import org.reassign.core.plugin.NamedPlugin;
import org.reassign.simulation.scenario.RunReport.Outcome;
import org.reassign.simulation.scenario.Scenario.StepAt;
import org.reassign.simulation.scenario.Step.Condition;

/** Runs the steps. One that does not end within its time is {@link StepFailedException}. */
final class StepRunner {
    private static final String LEGACY = "reassign_partitions";
    private static final String NOT_SETTLED = "the cluster has not settled";

    private final Scenario scenario;
    private final RunSetup setup;
    private final ObservedCluster cluster;
    private final ControllerSlot controller;
    private final ZkPort requester;
    private final RunRecorder recorder;
    private final Waiting waiting;
    private final WaitReasons reasons;
    private final OutsideSteps outside;
    private final List<SubmittedEntry> given = new ArrayList<>();
    private volatile String lastSeen = "";

    StepRunner(
            Scenario scenario,
            RunSetup setup,
            ObservedCluster cluster,
            ControllerSlot controller,
            ZkPort requester,
            RunRecorder recorder,
            Waiting waiting,
            WaitReasons reasons,
            OutsideSteps outside) {
        this.scenario = scenario;
        this.setup = setup;
        this.cluster = cluster;
        this.controller = controller;
        this.requester = requester;
        this.recorder = recorder;
        this.waiting = waiting;
        this.reasons = reasons;
        this.outside = outside;
    }

    /**
     * An entry that was submitted.
     *
     * @param requests ids of the request it is in, or where the request was split, of its parts
     * @param channel the channel's name
     * @param partition which partition
     * @param answersBefore how many answers there were before; none of them is its own
     */
    record SubmittedEntry(List<String> requests, String channel, TopicPartition partition, int answersBefore) {}

    /** The entries submitted so far, in order. */
    List<SubmittedEntry> given() {
        return given;
    }

    void play(StepAt at) {
        try {
            play(at.step());
            remember(at);
        } catch (StepFailedException unmet) {
            throw new StepFailedException(unmet.outcome(), scenario.at(at.line(), unmet.getMessage()));
        } catch (IllegalArgumentException e) {
            throw new StepFailedException(Outcome.FAILED, scenario.at(at.line(), e.getMessage()));
        }
    }

    private void remember(StepAt at) {
        if (at.step() instanceof Step.Hold hold) {
            hold.replicas().forEach(replica -> reasons.held(replica, at.line()));
        } else if (at.step() instanceof Step.Release release) {
            reasons.released(release.replicas());
        }
    }

    /** Waits for the end of what the steps have left running. */
    void settle(Duration timeout) {
        await(List.of(new Condition.Settled()), timeout);
    }

    private void play(Step step) {
        if (step instanceof Step.Hold hold) {
            hold.replicas()
                    .forEach(replica -> inLab(lab().hold(replica.partition(), replica.broker()), "holding " + replica));
        } else if (step instanceof Step.Release release) {
            waiting.all(release(release), "releasing");
        } else if (step instanceof Step.Request request) {
            request(request);
        } else if (step instanceof Step.Await await) {
            await(await.conditions(), await.timeout());
        } else if (step instanceof Step.Kill kill) {
            kill(kill.actor());
        } else if (step instanceof Step.Start start) {
            start(start.actor());
        } else if (step instanceof Step.DeleteTopic delete) {
            inLab(lab().deleteTopic(delete.topic()), "deleting " + delete.topic());
        } else if (step instanceof Step.Sleep sleep) {
            waiting.sleep(sleep.duration());
        } else if (step instanceof Step.Znode znode) {
            outside.play(znode);
        } else if (step instanceof Step.Connection connection) {
            outside.play(connection);
        } else {
            throw new AssertionError(step);
        }
    }

    private Lab lab() {
        return setup.lab().orElseThrow();
    }

    private void inLab(CompletionStage<Void> stage, String what) {
        waiting.result(stage, what, lab().limit());
    }

    private List<CompletionStage<Void>> release(Step.Release release) {
        return release.replicas()
                .map(replicas -> replicas.stream()
                        .map(replica -> lab().release(replica.partition(), replica.broker()))
                        .toList())
                .orElseGet(() -> List.of(lab().releaseAll()));
    }

    private void kill(Step.Actor actor) {
        if (actor instanceof Step.Actor.OneBroker broker) {
            inLab(lab().kill(broker.id()), "killing broker " + broker.id());
            return;
        }
        controller.kill();
    }

    private void start(Step.Actor actor) {
        if (actor instanceof Step.Actor.OneBroker broker) {
            Optional<String> rack = scenario.brokers().stream()
                    .filter(plan -> plan.id() == broker.id())
                    .findFirst()
                    .flatMap(Scenario.BrokerPlan::rack);
            inLab(lab().start(broker.id(), rack), "starting broker " + broker.id());
            return;
        }
        controller.start();
    }

    private void request(Step.Request step) {
        NamedPlugin<RequestChannel> channel = channel(step);
        int answersBefore =
                channel.plugin().mechanism() == Mechanism.LEGACY ? recorder.begin(LEGACY) : recorder.answerCount();
        List<String> ids = waiting.result(
                setup.requesters().submit(requester, channel.plugin(), step.request()), "submitting the request");
        List<TopicPartition> entries = List.copyOf(step.request().targets().keySet());
        entries.forEach(entry -> given.add(new SubmittedEntry(ids, channel.name(), entry, answersBefore)));
        AtomicInteger taken = new AtomicInteger(); // entries before this one have been taken, and stay so
        boolean ended = waiting.until(step.timeout(), () -> {
            while (taken.get() < entries.size()
                    && recorder.taken(ids, entries.get(taken.get()).toString(), answersBefore)) {
                taken.incrementAndGet();
            }
            return taken.get() == entries.size() || !controller.leads()
                    ? CompletableFuture.completedFuture(true)
                    : cluster.areGone(ids);
        });
        if (!ended) {
            throw new StepFailedException(
                    Outcome.TIMEOUT,
                    "the controller has neither recorded nor answered " + entries.get(taken.get()) + " of " + ids.get(0)
                            + " within " + Waiting.text(step.timeout())
                            + reasons(""));
        }
    }

    private NamedPlugin<RequestChannel> channel(Step.Request step) {
        List<NamedPlugin<RequestChannel>> open = setup.plugins().channels();
        return step.via()
                .flatMap(name -> open.stream()
                        .filter(channel -> channel.name().equals(name))
                        .findFirst())
                .orElse(open.get(0));
    }

    private void await(List<Condition> conditions, Duration timeout) {
        boolean held = waiting.until(timeout, () -> {
            CompletableFuture<Boolean> all = CompletableFuture.completedFuture(true);
            for (Condition condition : conditions) {
                all = all.thenCompose(so -> so ? holds(condition) : CompletableFuture.completedFuture(false));
            }
            return all;
        });
        if (!held) {
            throw new StepFailedException(
                    Outcome.TIMEOUT,
                    "after " + Waiting.text(timeout) + " " + lastSeen
                            + reasons(lastSeen.equals(NOT_SETTLED) ? ": the controller has work to do" : ""));
        }
    }

    private String reasons(String otherwise) {
        return reasons.sentence(scenario.topics().keySet())
                .map(why -> ": " + why)
                .orElse(otherwise);
    }

    private CompletableFuture<Boolean> holds(Condition condition) {
        if (condition instanceof Condition.InSync inSync) {
            return cluster.state(inSync.partition()).thenApply(state -> {
                lastSeen = inSync.partition() + " is not in sync on " + inSync.brokers() + "; its ISR is "
                        + state.map(LeaderAndIsr::isr).map(Object::toString).orElse("not written");
                return state.filter(found -> found.isr().containsAll(inSync.brokers()))
                        .isPresent();
            });
        }
        if (condition instanceof Condition.IsInFlight inFlight) {
            lastSeen = inFlight.partition() + " is not in flight";
            return cluster.inFlight(inFlight.partition());
        }
        return settled();
    }

    private CompletableFuture<Boolean> settled() {
        if (!controller.idle()) {
            lastSeen = controller.leads()
                    ? NOT_SETTLED
                    : NOT_SETTLED + ", and the controller does not lead"
                            + recorder.whyStopped().map(why -> " (" + why + ")").orElse("");
            return CompletableFuture.completedFuture(false);
        }
        return cluster.leftovers(scenario.topics().keySet()).thenApply(paths -> {
            lastSeen = NOT_SETTLED + ", " + paths.stream().limit(5).toList() + " left";
            return paths.isEmpty() && controller.idle();
        });
    }
}
