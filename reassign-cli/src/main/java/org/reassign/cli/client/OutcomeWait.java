package org.reassign.cli.client;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.reassign.api.client.ControllerStatus;
import org.reassign.api.client.Reassignment;
import org.reassign.api.client.ReassignmentListing;
import org.reassign.api.client.SubmittedTarget;
import org.reassign.api.model.Answer;
import org.reassign.api.model.Refusal;
import org.reassign.api.model.TopicPartition;

/** Waits for what was submitted, with a line whenever something has changed, and says how each entry ended. */
final class OutcomeWait {
    private static final Duration STEP = Duration.ofSeconds(1);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int SHOWN = 20;

    private final OpenClient open;
    private final CommandReport report;
    private final Map<TopicPartition, String> channels = new HashMap<>();
    private final CopyMonitor monitor;
    private long lookedAt;
    private String told = "";

    OutcomeWait(OpenClient open, CommandReport report) {
        this.open = open;
        this.report = report;
        this.monitor = new CopyMonitor(open);
        this.lookedAt = System.nanoTime() - LOOK_EVERY.toNanos();
    }

    /** Returns when all is over or the time is up. */
    void perform(List<SubmittedTarget> submitted, Optional<Duration> timeout) {
        submitted.forEach(one -> channels.put(one.partition(), one.channel()));
        SortedMap<TopicPartition, CompletableFuture<Answer>> waits =
                open.client().await(submitted);
        CompletableFuture<Void> all = CompletableFuture.allOf(waits.values().toArray(CompletableFuture[]::new));
        long begin = System.nanoTime();
        Duration left = timeout.orElse(STEP);
        while (!ended(all, left.compareTo(STEP) < 0 ? left : STEP)) {
            left = timeout.map(limit -> limit.minusNanos(System.nanoTime() - begin))
                    .orElse(STEP);
            if (left.isNegative() || left.isZero()) {
                timeUp(unfinished(waits), timeout.orElseThrow());
                break;
            }
            tell(waits.size(), unfinished(waits));
        }
        waits.forEach((partition, wait) -> {
            if (wait.isDone()) {
                outcome(partition, open.result(wait));
            } else {
                wait.cancel(false);
            }
        });
    }

    private static boolean ended(CompletableFuture<Void> all, Duration limit) {
        try {
            var unused = all.get(limit.toNanos(), TimeUnit.NANOSECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            return true; // each wait says for itself what is wrong
        } catch (InterruptedException e) {
            throw OpenClient.interrupted(e);
        }
    }

    private static List<TopicPartition> unfinished(SortedMap<TopicPartition, CompletableFuture<Answer>> waits) {
        return waits.keySet().stream()
                .filter(partition -> !waits.get(partition).isDone())
                .toList();
    }

    /** A line of progress, unless it says the same as before or what is copied has not come a tenth further. */
    private void tell(int all, List<TopicPartition> unfinished) {
        if (report.isJson() || unfinished.isEmpty()) {
            return;
        }
        TopicPartition first = unfinished.get(0);
        String line = all - unfinished.size() + " of " + all + " finished; " + first + " " + state(first)
                + (unfinished.size() > 1 ? ", and " + (unfinished.size() - 1) + " more are not finished" : "");
        look(unfinished);
        String said = line + monitor.stage();
        if (!said.equals(told)) {
            told = said;
            report.text(line + monitor.text().map(text -> "; " + text).orElse(""));
        }
    }

    /** Asks brokers from time to time how far all of it is. */
    private void look(List<TopicPartition> unfinished) {
        if (System.nanoTime() - lookedAt >= LOOK_EVERY.toNanos()) {
            lookedAt = System.nanoTime();
            open.soon(open.client().list(unfinished))
                    .ifPresent(listing -> monitor.look(listing.inFlight().values()));
        }
    }

    private String state(TopicPartition partition) {
        CompletableFuture<ReassignmentListing> listing = open.client().list(List.of(partition));
        CompletableFuture<ControllerStatus> controller = open.client().controller();
        try {
            Reassignment running = listing.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)
                    .inFlight()
                    .get(partition);
            return running == null
                    ? notRunning(channels.get(partition), controller.get(PATIENCE.toNanos(), TimeUnit.NANOSECONDS))
                    : "waits for " + ReassignmentText.reasons(running);
        } catch (TimeoutException | ExecutionException e) {
            return "is not known, since ZooKeeper does not answer";
        } catch (InterruptedException e) {
            throw OpenClient.interrupted(e);
        }
    }

    private static String notRunning(String channel, ControllerStatus controller) {
        boolean open = controller.channels().isEmpty() || controller.channels().contains(channel);
        return open
                ? "waits to be accepted by a controller"
                : "waits in the request channel '" + channel + "', which the controller does not open, only "
                        + String.join(", ", controller.channels());
    }

    private void timeUp(List<TopicPartition> unfinished, Duration limit) {
        unfinished.forEach(partition -> report.list("unfinished").add(partition.toString()));
        unfinished.stream()
                .limit(SHOWN)
                .forEach(partition -> report.fault(partition + " is not finished after " + DurationConverter.text(limit)
                        + ": it " + state(partition) + "; it goes on, and verify shows when it is done"));
        if (unfinished.size() > SHOWN) {
            report.fault("and " + (unfinished.size() - SHOWN) + " more partitions are not finished; list shows them");
        }
    }

    private void outcome(TopicPartition partition, Answer answer) {
        report.list("outcomes")
                .addObject()
                .put("partition", partition.toString())
                .put("answer", ReassignmentText.lower(answer.outcome()))
                .put("code", answer.refusal().map(Refusal::code).map(Enum::name).orElse(null))
                .put("reason", answer.refusal().map(Refusal::sentence).orElse(null));
        switch (answer.outcome()) {
            case COMPLETED -> report.text(partition + " completed");
            case UNCHANGED -> report.text(partition + " completed, its replicas were the target already");
            case REFUSED -> report.fault(answer.refusal().map(Refusal::sentence).orElse(partition + ": was refused"));
            case CANCELLED ->
                report.fault(partition + ": a later request has cancelled " + answer.request() + "; describe "
                        + partition + " shows how it stands");
            case SUPERSEDED ->
                report.fault(partition + ": another request has taken the place of " + answer.request() + "; describe "
                        + partition + " shows how it stands");
            case TOPIC_DELETED ->
                report.fault(
                        partition + ": topic '" + partition.topic() + "' was deleted in the meantime; leave it out");
        }
    }
}
