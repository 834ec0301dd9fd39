package org.reassign.simulation.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.reassign.api.spi.Lab;

/**
 * Who lives in a ZooKeeper already that a run with brokers of its own needs for itself. Other clusters are refused; what
 * a run that was killed has left registered is waited for, since it goes when its sessions end.
 */
final class Occupants {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private final ObservedCluster cluster;
    private final Lab lab;
    private final String zooKeeper;
    private final Waiting waiting;

    /**
     * Nothing is read yet.
     *
     * @param zooKeeper its name for messages
     */
    Occupants(ObservedCluster cluster, Lab lab, String zooKeeper, Waiting waiting) {
        this.cluster = cluster;
        this.lab = lab;
        this.zooKeeper = zooKeeper;
        this.waiting = waiting;
    }

    /** Those registered now, those of other clusters apart from those that a run of ours has registered. */
    private record Found(
            SortedMap<Integer, Boolean> ownByBroker, boolean controller, OptionalInt controllerId, boolean active) {
        /** The controllers of runs have the id of no broker, and have published what they run. */
        boolean ownController() {
            return active && controllerId.isPresent() && !ownByBroker.containsKey(controllerId.getAsInt());
        }

        boolean isNone() {
            return ownByBroker.isEmpty() && !controller;
        }

        Optional<String> others(String where) {
            List<Integer> brokers = ownByBroker.keySet().stream()
                    .filter(id -> !ownByBroker.get(id))
                    .toList();
            List<String> found = new ArrayList<>();
            if (!brokers.isEmpty()) {
                found.add(brokers(brokers) + " live at " + where);
            }
            if (controller && !ownController()) {
                boolean named = controllerId.isPresent() && brokers.contains(controllerId.getAsInt());
                found.add(
                        named
                                ? controllerId.getAsInt() + " is the controller"
                                : "a controller that is not one of ours leads at " + where);
            }
            return found.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", found));
        }

        private static String brokers(Collection<Integer> ids) {
            return "brokers " + ids.stream().map(Object::toString).collect(Collectors.joining(", "));
        }

        String names() {
            List<String> names = new ArrayList<>();
            if (!ownByBroker.isEmpty()) {
                names.add(brokers(ownByBroker.keySet()));
            }
            if (controller) {
                names.add("a controller");
            }
            return String.join(" and ", names);
        }
    }

    /** Refuses another cluster with {@link ScenarioException}; returns at once. */
    void refuseOthers() {
        refuseOthers(waiting.result(find(), "looking for brokers"));
    }

    /** Waits until no broker and no controller is registered, and says so first; refuses those that stay with {@link ScenarioException}. */
    void awaitNone(Consumer<String> warning) {
        Found found = waiting.result(find(), "looking for brokers");
        if (found.isNone()) {
            return;
        }
        warning.accept(found.names() + " of an earlier run are still registered at " + zooKeeper
                + "; waiting for the end of their sessions, up to " + Waiting.text(Waiting.LIMIT));
        boolean gone = waiting.until(
                Waiting.LIMIT,
                () -> find().thenApply(now -> {
                    refuseOthers(now);
                    return now.isNone();
                }));
        if (!gone) {
            throw new ScenarioException(found.names() + " still live at " + zooKeeper + " after "
                    + Waiting.text(Waiting.LIMIT)
                    + "; another run goes on there, so wait for its end or name another ZooKeeper or chroot");
        }
    }

    /** Says that there are topics beside these: of a cluster that is stopped, or that another run has kept. */
    void tellOtherTopics(Set<String> own, Consumer<String> warning) {
        List<String> others = waiting.result(cluster.topics(), "looking for topics").stream()
                .filter(topic -> !own.contains(topic))
                .toList();
        if (!others.isEmpty()) {
            warning.accept(
                    "the scenario does not name topics "
                            + String.join(", ", others.subList(0, Math.min(3, others.size())))
                            + (others.size() > 3 ? " and " + (others.size() - 3) + " more" : "") + " at " + zooKeeper
                            + ", which the controller of this run leads too; name another chroot unless they are of earlier runs");
        }
    }

    private void refuseOthers(Found found) {
        found.others(zooKeeper).ifPresent(others -> {
            throw new ScenarioException(
                    others + "; `run` is for a ZooKeeper of its own, so name another one or a chroot"
                            + " where no cluster is");
        });
    }

    private CompletableFuture<Found> find() {
        return cluster.registrations()
                .thenCombine(cluster.text("/controller"), this::found)
                .thenCombine(
                        cluster.text("/reassign/active"),
                        (found, active) ->
                                new Found(found.ownByBroker, found.controller, found.controllerId, active.isPresent()));
    }

    private Found found(SortedMap<String, String> registrations, Optional<String> controller) {
        SortedMap<Integer, Boolean> brokers = new TreeMap<>();
        registrations.forEach((name, text) -> {
            if (name.matches("[0-9]{1,9}")) {
                int id = Integer.parseInt(name);
                brokers.put(id, lab.isOwn(id, text));
            }
        });
        return new Found(
                brokers, controller.isPresent(), controller.map(Occupants::id).orElse(OptionalInt.empty()), false);
    }

    private static OptionalInt id(String controller) {
        try {
            int id = MAPPER.readTree(controller).path("brokerid").asInt(-1);
            return id < 0 ? OptionalInt.empty() : OptionalInt.of(id);
        } catch (JsonProcessingException e) {
            return OptionalInt.empty();
        }
    }
}
