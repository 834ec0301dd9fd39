package org.reassign.core.plugin;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.pf4j.DefaultVersionManager;
import org.pf4j.PluginDependency;

/** What only shows when all jars are looked at together: one id twice, and plugins that need others. */
final class JarSet {
    private JarSet() {}

    /** The jars in the same order; those that cannot be used for such a reason say so. */
    static List<PluginJar> checked(List<PluginJar> jars) {
        List<PluginJar> distinct = withoutDoubles(jars);
        Map<String, PluginJar> resolved = new HashMap<>();
        boolean grows = true;
        while (grows) {
            grows = false;
            for (PluginJar jar : distinct) {
                String id = jar.pluginId().orElse("");
                if (jar.problem().isEmpty()
                        && !resolved.containsKey(id)
                        && jar.dependencies().stream()
                                .allMatch(need -> need.isOptional() || meets(need, resolved.get(need.getPluginId())))) {
                    resolved.put(id, jar);
                    grows = true;
                }
            }
        }
        return distinct.stream()
                .map(jar -> jar.problem().isPresent() || resolved.containsValue(jar) ? jar : unresolved(jar, resolved))
                .toList();
    }

    private static PluginJar unresolved(PluginJar jar, Map<String, PluginJar> resolved) {
        PluginDependency missing = jar.dependencies().stream()
                .filter(need -> !need.isOptional() && !meets(need, resolved.get(need.getPluginId())))
                .findFirst()
                .orElseThrow();
        return jar.broken("needs the plugin '" + missing.getPluginId() + "' (version "
                + missing.getPluginVersionSupport()
                + "), which is not there in a usable state; put its jar beside this one");
    }

    private static boolean meets(PluginDependency need, PluginJar found) {
        return found != null
                && new DefaultVersionManager()
                        .checkVersionConstraint(found.version().orElseThrow(), need.getPluginVersionSupport());
    }

    private static List<PluginJar> withoutDoubles(List<PluginJar> jars) {
        Map<String, PluginJar> first = new HashMap<>();
        Set<PluginJar> seen = new HashSet<>();
        List<PluginJar> distinct = new ArrayList<>();
        for (PluginJar jar : jars) {
            if (!seen.add(jar)) {
                continue;
            }
            PluginJar before =
                    jar.pluginId().map(id -> first.putIfAbsent(id, jar)).orElse(null);
            distinct.add(
                    before == null
                            ? jar
                            : jar.broken("has the Plugin-Id '" + jar.pluginId().get() + "', as " + before.path()
                                    + " has, and is left out; remove one of them or rename it"));
        }
        return distinct;
    }
}
