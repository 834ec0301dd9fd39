package org.reassign.core.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.pf4j.ExtensionPoint;

/**
 * The plugins of some folders. A jar that cannot be used is listed with the reason and hides no other; it is a fault
 * only where it is chosen. A plugin's class is initialised when it is chosen, not before.
 */
public final class PluginHost implements AutoCloseable {
    private final List<PluginEntry> inventory;
    private final List<String> warnings;
    private final LoadedPlugins loaded;

    private PluginHost(List<PluginEntry> inventory, List<String> warnings, LoadedPlugins loaded) {
        this.inventory = List.copyOf(inventory);
        this.warnings = List.copyOf(warnings);
        this.loaded = loaded;
    }

    /** The same whatever the jars' checksums. */
    public static PluginHost open(List<Path> places) {
        return open(places, Optional.empty());
    }

    /**
     * Looks into folders of jars, and into jars named one by one, and loads what can be used.
     *
     * @param checksums those of the jars that may be loaded; where there are none, all may be
     * @throws ChoiceException where a path does not exist, cannot be read or may be written by all users
     */
    public static PluginHost open(List<Path> places, Optional<Checksums> checksums) {
        List<String> warnings = new ArrayList<>();
        List<Path> paths = new ArrayList<>();
        for (Path given : places) {
            Path place = real(given);
            Collection<Path> jars = jars(place);
            paths.addAll(jars);
            requireClosed("plugins folder", place).ifPresent(warnings::add);
            jars.forEach(jar -> requireClosed("plugin", jar).ifPresent(warnings::add));
        }
        List<PluginJar> jars = JarSet.checked(paths.stream()
                .distinct()
                .map(JarReader::read)
                .map(jar -> checksums.map(sums -> sums.checked(jar)).orElse(jar))
                .toList());
        LoadedPlugins loaded = LoadedPlugins.of(jars);
        List<PluginEntry> entries = new ArrayList<>();
        for (PluginJar jar : loaded.jars()) {
            entries.addAll(Probe.entries(jar, jars));
        }
        return new PluginHost(withoutDoubles(entries), warnings, loaded);
    }

    /** Every plugin found, and every jar that is none, ordered by kind and name. */
    public List<PluginEntry> inventory() {
        return inventory;
    }

    /** What is wrong with the folders and with plugins that cannot be used; one sentence each. */
    public List<String> warnings() {
        return Stream.concat(
                        warnings.stream(),
                        inventory.stream().map(PluginEntry::problem).filter(p -> p != null))
                .distinct()
                .toList();
    }

    /** The names of a kind that can be chosen, in order. */
    public List<String> names(PluginKind<?> kind) {
        return entries(kind).filter(PluginEntry::usable).map(PluginEntry::name).toList();
    }

    /**
     * Makes the plugin of that name.
     *
     * @param settings what the user has set for it, key to text
     * @throws ChoiceException where there is no such plugin, or no such setting
     * @throws PluginFault where there is one and it cannot be used, or may be in a jar that cannot be looked into
     */
    public <T extends ExtensionPoint> NamedPlugin<T> choose(
            PluginKind<T> kind, String name, Map<String, String> settings) {
        List<PluginEntry> named =
                entries(kind).filter(entry -> name.equals(entry.name())).toList();
        if (named.isEmpty()) {
            throw unknown(kind, name);
        }
        PluginEntry entry =
                named.stream().filter(PluginEntry::usable).findFirst().orElse(named.get(0));
        if (!entry.usable()) {
            throw new PluginFault(entry.problem());
        }
        return new NamedPlugin<>(name, PluginMaker.make(loaded.type(kind, entry), entry, settings));
    }

    private RuntimeException unknown(PluginKind<?> kind, String name) {
        String available = entries(kind).map(PluginEntry::name).distinct().collect(Collectors.joining(", "));
        return inventory.stream()
                .filter(entry -> entry.name() == null)
                .findFirst()
                .<RuntimeException>map(closed ->
                        new PluginFault("no " + kind + " '" + name + "' is among those available (" + available
                                + "), but it may be in a jar that cannot be looked into: " + closed.problem()))
                .orElseGet(
                        () -> new ChoiceException("unknown " + kind + " '" + name + "'; available are " + available));
    }

    /**
     * A path as the inventory names it: absolute and without links.
     *
     * @throws ChoiceException where it does not exist
     */
    public static Path real(Path place) {
        try {
            return place.toRealPath();
        } catch (IOException e) {
            throw new ChoiceException("plugins folder " + place + " does not exist; name a folder of jars", e);
        }
    }

    /** Ends the plugins' class loaders. */
    @Override
    public void close() {
        loaded.close();
    }

    private Stream<PluginEntry> entries(PluginKind<?> kind) {
        return inventory.stream().filter(entry -> kind.text().equals(entry.kind()) && entry.name() != null);
    }

    private static List<PluginEntry> withoutDoubles(List<PluginEntry> entries) {
        Map<String, List<PluginEntry>> byName = new LinkedHashMap<>();
        entries.forEach(
                entry -> byName.computeIfAbsent(entry.kind() + " '" + entry.name() + "'", n -> new ArrayList<>())
                        .add(entry));
        List<PluginEntry> checked = new ArrayList<>();
        byName.forEach((name, same) -> {
            List<String> jars = same.stream()
                    .filter(PluginEntry::usable)
                    .map(PluginEntry::jar)
                    .toList();
            String sentence = name + " comes with more than one plugin, " + String.join(" and ", jars)
                    + "; keep one of the jars or rename the plugin in one";
            same.forEach(entry -> checked.add(entry.usable() && jars.size() > 1 ? entry.broken(sentence) : entry));
        });
        checked.sort((a, b) -> order(a).compareTo(order(b)));
        return checked;
    }

    private static String order(PluginEntry entry) {
        int kind = PluginKind.values().length;
        for (int i = 0; i < PluginKind.values().length; i++) {
            if (PluginKind.values()[i].text().equals(entry.kind())) {
                kind = i;
            }
        }
        return kind + " " + entry.name() + " " + entry.jar();
    }

    private static Collection<Path> jars(Path place) {
        if (Files.isRegularFile(place)) {
            return List.of(place);
        }
        try (Stream<Path> files = Files.list(place)) {
            return files.filter(file -> file.getFileName().toString().endsWith(".jar"))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new ChoiceException("plugins folder " + place + " cannot be read; name a folder of jars", e);
        }
    }

    /** What all users may write, all users may have run by this process; empty, or a warning. */
    private static Optional<String> requireClosed(String kind, Path place) {
        try {
            if (Files.getPosixFilePermissions(place).contains(PosixFilePermission.OTHERS_WRITE)) {
                throw new ChoiceException(kind + " " + place
                        + " can be written by all users, and is run; remove that permission (chmod o-w "
                        + place + ")");
            }
            return Optional.empty();
        } catch (UnsupportedOperationException e) {
            return Optional.empty(); // a file system without such rights
        } catch (IOException e) {
            return Optional.of("it is not known who can write " + kind + " " + place
                    + ", since its permissions cannot be read (" + e + "); make it readable");
        }
    }
}
