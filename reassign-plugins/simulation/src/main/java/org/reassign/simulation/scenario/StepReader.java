package org.reassign.simulation.scenario;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.reassign.api.spi.ReassignmentRequest;
import org.reassign.simulation.scenario.Step.Actor;
import org.reassign.simulation.scenario.Step.Condition;
import org.reassign.simulation.scenario.Step.ReplicaName;

/** Reads one step. */
final class StepReader {
    private static final List<String> KINDS = List.of(
            "hold", "release", "request", "await", "kill", "start", "deleteTopic", "sleep", "znode", "connection");

    private final ScenarioNames names;
    private final RequestReader requests;

    StepReader(ScenarioNames names, RequestReader requests) {
        this.names = names;
        this.requests = requests;
    }

    /**
     * Reads a step.
     *
     * @param patience how long a request without a timeout of its own may take
     */
    Step read(LocatedValue value, Duration patience) {
        List<String> kinds = new ArrayList<>();
        for (Map.Entry<LocatedValue, LocatedValue> entry :
                value.entries("a step").entrySet()) {
            String key = entry.getKey().text("a step");
            if (KINDS.contains(key)) {
                kinds.add(key);
            }
        }
        if (kinds.size() > 1) {
            throw value.fault("a step does one thing, this one has " + String.join(" and ", kinds)
                    + "; begin each with a dash of its own");
        }
        if (kinds.isEmpty()) {
            value.fields("a step", KINDS.toArray(String[]::new));
            throw value.fault("a step is empty; it does one of " + String.join(", ", KINDS));
        }
        return read(kinds.get(0), value, patience);
    }

    /**
     * For each step, how long a request there may take: as long as the await that follows it, where that is longer than
     * usual, since with limits on what is in flight the last entry is recorded when most of the others are done.
     */
    static List<Duration> patience(List<LocatedValue> steps) {
        LinkedList<Duration> patience = new LinkedList<>();
        Duration ahead = Waiting.LIMIT;
        for (int i = steps.size() - 1; i >= 0; i--) {
            Map<String, LocatedValue> fields = new HashMap<>();
            if (steps.get(i).isMap()) {
                steps.get(i).entries("a step").forEach((key, value) -> fields.put(key.text("a step"), value));
            }
            if (fields.containsKey("await")) {
                ahead = Waiting.LIMIT;
                if (fields.containsKey("timeout")) {
                    Duration given = Quantities.duration(fields.get("timeout"), "'timeout'");
                    ahead = given.compareTo(ahead) > 0 ? given : ahead;
                }
            }
            patience.addFirst(ahead);
        }
        return List.copyOf(patience);
    }

    private Step read(String kind, LocatedValue step, Duration patience) {
        if (kind.equals("request")) {
            return request(
                    step.fields("a 'request' step", "request", "via", "requester", "reason", "timeout"), patience);
        }
        if (kind.equals("await")) {
            return await(step.fields("an 'await' step", "await", "timeout"));
        }
        LocatedValue value = step.fields("a '" + kind + "' step", kind).required(kind);
        return switch (kind) {
            case "hold" -> new Step.Hold(replicas(value, "'hold'"));
            case "release" ->
                new Step.Release(
                        value.isText() && value.text("").equals("all")
                                ? Optional.empty()
                                : Optional.of(replicas(value, "'release'")));
            case "kill" -> new Step.Kill(actor(value, "'kill'"));
            case "start" -> new Step.Start(actor(value, "'start'"));
            case "deleteTopic" -> new Step.DeleteTopic(names.topic(value, "'deleteTopic'"));
            case "sleep" -> new Step.Sleep(Quantities.duration(value, "'sleep'"));
            case "znode" -> OutsideStepReader.znode(value);
            case "connection" -> OutsideStepReader.connection(value);
            default -> throw step.fault("unknown step '" + kind + "'");
        };
    }

    private Step request(Fields fields, Duration patience) {
        return new Step.Request(
                new ReassignmentRequest(
                        requests.targets(fields.required("request")),
                        fields.optional("requester").map(at -> at.text("'requester'")),
                        fields.optional("reason").map(at -> at.text("'reason'"))),
                fields.optional("via").map(at -> at.text("'via'")),
                timeout(fields, patience));
    }

    private static Duration timeout(Fields fields, Duration otherwise) {
        return fields.optional("timeout")
                .map(at -> Quantities.duration(at, "'timeout'"))
                .orElse(otherwise);
    }

    private Step await(Fields fields) {
        Duration timeout = timeout(fields, Waiting.LIMIT);
        LocatedValue value = fields.required("await");
        if (value.isText()) {
            if (!value.text("'await'").equals("settled")) {
                throw value.fault("'await' is '" + LocatedValue.shown(value.text("'await'"))
                        + "'; write settled, {inSync: {…}} or {inFlight: […]}");
            }
            requests.settled();
            return new Step.Await(List.of(new Condition.Settled()), timeout);
        }
        Fields what = value.fields("'await'", "inSync", "inFlight");
        List<Condition> conditions = new ArrayList<>();
        what.optional("inSync")
                .ifPresent(map -> map.entries("'inSync'").forEach((key, brokers) -> {
                    conditions.add(new Condition.InSync(
                            names.partition(key, "a partition in 'inSync'"), names.replicas(brokers, key.text(""))));
                }));
        what.optional("inFlight")
                .ifPresent(list -> list.list("'inFlight'")
                        .forEach(item -> conditions.add(
                                new Condition.IsInFlight(names.partition(item, "a partition in 'inFlight'")))));
        if (conditions.isEmpty()) {
            throw value.fault("'await' waits for nothing; write settled, {inSync: {…}} or {inFlight: […]}");
        }
        return new Step.Await(conditions, timeout);
    }

    private List<ReplicaName> replicas(LocatedValue value, String what) {
        return value.list(what).stream()
                .map(item -> names.replica(item, "a replica in " + what))
                .toList();
    }

    private Actor actor(LocatedValue value, String what) {
        if (value.isText() && value.text(what).equals("controller")) {
            return new Actor.TheController();
        }
        if (!value.isMap()) {
            throw value.fault(what + " names neither controller nor {broker: N}");
        }
        return new Actor.OneBroker(
                names.broker(value.fields(what, "broker").required("broker"), "'broker' of " + what));
    }
}
