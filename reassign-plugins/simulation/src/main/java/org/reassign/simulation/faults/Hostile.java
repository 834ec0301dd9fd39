package org.reassign.simulation.faults;

import java.util.List;
import java.util.Optional;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.api.spi.DropPolicy;
import org.reassign.core.run.Named;

/** Policies that nobody should ship: whatever they say, the invariants hold. */
final class Hostile {
    private static final List<Named<DropPolicy>> DROP_POLICIES = List.of(
            new Named<>(
                    "hostile-everything",
                    context -> context.before().then(context.target()).then(Replicas.of(99))),
            new Named<>("hostile-in-sync", context -> context.isr()),
            new Named<>("hostile-leader", context -> Replicas.of(context.leader())),
            new Named<>("hostile-throws", context -> {
                throw new IllegalStateException("a vendor's mistake");
            }));

    private static final List<Named<ConflictPolicy>> CONFLICT_POLICIES = List.of(
            new Named<>("hostile-refuses", (running, request, entry) -> new Resolution.Refuse("not today")),
            new Named<>(
                    "hostile-halves",
                    (running, request, entry) ->
                            request.zxid() % 2 == 0 ? new Resolution.Refuse("not today") : new Resolution.Accept()),
            new Named<>("hostile-null", (running, request, entry) -> null),
            new Named<>("hostile-throws", (running, request, entry) -> {
                throw new IllegalStateException("a vendor's mistake");
            }));

    private Hostile() {}

    static List<String> dropPolicies() {
        return DROP_POLICIES.stream().map(Named::name).toList();
    }

    static List<String> conflictPolicies() {
        return CONFLICT_POLICIES.stream().map(Named::name).toList();
    }

    static Optional<Named<DropPolicy>> dropPolicy(String name) {
        return DROP_POLICIES.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    static Optional<Named<ConflictPolicy>> conflictPolicy(String name) {
        return CONFLICT_POLICIES.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
