package org.reassign.core.plugin;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.pf4j.PluginDependency;

/**
 * What can be read from a plugin's jar without loading it.
 *
 * @param path the file
 * @param sha256 its SHA-256
 * @param pluginId {@code Plugin-Id}
 * @param version {@code Plugin-Version}
 * @param dependencies plugins that it needs
 * @param extensions the classes that its index names
 * @param problem what is wrong with it, as one sentence
 */
record PluginJar(
        Path path,
        String sha256,
        Optional<String> pluginId,
        Optional<String> version,
        List<PluginDependency> dependencies,
        List<String> extensions,
        Optional<String> problem) {

    String name() {
        return path.getFileName().toString();
    }

    /** The same with this wrong about it, unless something was found before. */
    PluginJar broken(String what) {
        return problem.isPresent()
                ? this
                : new PluginJar(
                        path,
                        sha256,
                        pluginId,
                        version,
                        dependencies,
                        extensions,
                        Optional.of("plugin " + path + " " + what));
    }
}
