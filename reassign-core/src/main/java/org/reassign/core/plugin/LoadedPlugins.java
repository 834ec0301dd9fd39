package org.reassign.core.plugin;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.pf4j.DefaultPluginManager;
import org.pf4j.ExtensionPoint;
import org.pf4j.ManifestPluginDescriptorFinder;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginRuntimeException;
import org.pf4j.PluginState;
import org.pf4j.PluginWrapper;

/** The jars that passed all checks, loaded by PF4J. */
final class LoadedPlugins implements AutoCloseable {
    private final List<PluginJar> jars;
    private final DefaultPluginManager manager;

    private LoadedPlugins(List<PluginJar> jars, DefaultPluginManager manager) {
        this.jars = jars;
        this.manager = manager;
    }

    static LoadedPlugins of(List<PluginJar> jars) {
        List<Path> paths = jars.stream()
                .filter(jar -> jar.problem().isEmpty())
                .map(PluginJar::path)
                .toList();
        DefaultPluginManager manager = new FixedPaths(paths);
        manager.setSystemVersion(JarReader.API_VERSION);
        manager.loadPlugins();
        manager.startPlugins();
        List<PluginJar> checked = new ArrayList<>();
        for (PluginJar jar : jars) {
            checked.add(jar.problem().isPresent() ? jar : started(jar, manager));
        }
        return new LoadedPlugins(checked, manager);
    }

    private static PluginJar started(PluginJar jar, DefaultPluginManager manager) {
        PluginWrapper wrapper = manager.getPlugin(jar.pluginId().orElseThrow());
        if (wrapper != null && wrapper.getPluginState() == PluginState.STARTED) {
            return jar;
        }
        Throwable why = wrapper == null ? null : wrapper.getFailedException();
        return jar.broken(
                "could not be started" + (why == null ? "" : " (" + why + ")") + "; fix it or remove its jar");
    }

    /** The jars in their order, with what loading them has shown. */
    List<PluginJar> jars() {
        return jars;
    }

    /** The class of a plugin, not initialised. */
    <T extends ExtensionPoint> Class<? extends T> type(PluginKind<T> kind, PluginEntry entry) {
        try {
            return manager.getExtensionClasses(kind.type(), entry.pluginId()).stream()
                    .filter(type -> entry.name().equals(Probe.name(type).orElse(null)))
                    .findFirst()
                    .orElseThrow(() -> new PluginFault("plugin " + entry.jar() + ": PF4J does not find the "
                            + entry.kind() + " '" + entry.name() + "'; build the jar again"));
        } catch (PluginRuntimeException | LinkageError e) {
            throw new PluginFault("plugin " + entry.jar() + " cannot be loaded (" + e + "); build the jar again", e);
        }
    }

    /** One by one: PF4J's own stopPlugins changes the list that it walks. */
    @Override
    public void close() {
        for (PluginWrapper plugin : List.copyOf(manager.getPlugins())) {
            if (manager.getPlugin(plugin.getPluginId()) != null) {
                manager.unloadPlugin(plugin.getPluginId());
            }
        }
    }

    /** PF4J over these jars and no others. */
    private static final class FixedPaths extends DefaultPluginManager {
        private final List<Path> paths;

        FixedPaths(List<Path> paths) {
            super(Path.of("plugins"));
            this.paths = paths;
            this.pluginRepository = repository();
        }

        private PluginRepository repository() {
            return new PluginRepository() {
                @Override
                public List<Path> getPluginPaths() {
                    return paths;
                }

                @Override
                public boolean deletePluginPath(Path path) {
                    return false;
                }
            };
        }

        @Override
        protected PluginLoader createPluginLoader() {
            return new JarClasses.Loader(this);
        }

        @Override
        protected PluginDescriptorFinder createPluginDescriptorFinder() {
            return new ManifestPluginDescriptorFinder();
        }
    }
}
