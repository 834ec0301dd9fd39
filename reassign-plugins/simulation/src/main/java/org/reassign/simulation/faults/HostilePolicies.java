package org.reassign.simulation.faults;

import java.util.List;
import java.util.Optional;
import org.reassign.api.model.Replicas;
import org.reassign.api.spi.ConflictPolicy;
import org.reassign.api.spi.ConflictPolicy.Resolution;
import org.reassign.api.spi.DropPolicy;
import org.reassign.core.plugin.NamedPlugin;

/** Hostile policies: whatever they say, the invariants hold. */
final class HostilePolicies {
    private static final List<NamedPlugin<DropPolicy>> DROP_POLICIES = List.of(
            new NamedPlugin<>(
                    "hostile-everything",
                    context -> context.before().append(context.target()).append(Replicas.of(99))),
            new NamedPlugin<>("hostile-in-sync", context -> context.isr()),
            new NamedPlugin<>("hostile-leader", context -> Replicas.of(context.leader())),
            new NamedPlugin<>("hostile-throws", context -> {
                throw new IllegalStateException("a vendor's mistake");
            }));

    private static final List<NamedPlugin<ConflictPolicy>> CONFLICT_POLICIES = List.of(
            new NamedPlugin<>("hostile-refuses", (running, request, entry) -> new Resolution.Refuse("not today")),
            new NamedPlugin<>(
                    "hostile-halves",
                    (running, request, entry) ->
                            request.zxid() % 2 == 0 ? new Resolution.Refuse("not today") : new Resolution.Accept()),
            new NamedPlugin<>("hostile-null", (running, request, entry) -> null),
            new NamedPlugin<>("hostile-throws", (running, request, entry) -> {
                throw new IllegalStateException("a vendor's mistake");
            }));

    private HostilePolicies() {}

    static List<String> dropPolicies() {
        return DROP_POLICIES.stream().map(NamedPlugin::name).toList();
    }

    static List<String> conflictPolicies() {
        return CONFLICT_POLICIES.stream().map(NamedPlugin::name).toList();
    }

    static Optional<NamedPlugin<DropPolicy>> dropPolicy(String name) {
        return DROP_POLICIES.stream().filter(one -> one.name().equals(name)).findFirst();
    }

    static Optional<NamedPlugin<ConflictPolicy>> conflictPolicy(String name) {
        return CONFLICT_POLICIES.stream().filter(one -> one.name().equals(name)).findFirst();
    }
}
