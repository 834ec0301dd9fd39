package org.reassign.core.plugin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Modifier;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.reassign.api.spi.PluginName;
import org.reassign.api.spi.Setting;
import org.reassign.api.spi.SettingException;
import org.reassign.api.spi.Settings;

/** Reads kind and name of the classes in a jar, in a class loader of their own and without initialising them. */
final class Probe {
    private static final String INJECT = "jakarta.inject.Inject";

    private Probe() {}

    /** One entry per class in the jar's index; one without kind and name where there is none. */
    static List<PluginEntry> entries(PluginJar jar, List<PluginJar> all) {
        List<PluginEntry> entries = new ArrayList<>();
        try (URLClassLoader loader = new URLClassLoader(urls(jar, all), Probe.class.getClassLoader())) {
            for (String extension : jar.extensions()) {
                entries.add(entry(jar, loader, extension));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return entries.isEmpty()
                ? List.of(entry(jar, null, null, null, jar.problem().orElse(null)))
                : entries;
    }

    private static URL[] urls(PluginJar jar, List<PluginJar> all) throws MalformedURLException {
        List<URL> urls = new ArrayList<>();
        urls.add(jar.path().toUri().toURL());
        for (PluginJar other : all) {
            if (jar.dependencies().stream()
                    .anyMatch(need -> other.pluginId().equals(Optional.of(need.getPluginId())))) {
                urls.add(other.path().toUri().toURL());
            }
        }
        return urls.toArray(URL[]::new);
    }

    private static PluginEntry entry(PluginJar jar, ClassLoader loader, String extension) {
        try {
            Class<?> type = Class.forName(extension, false, loader);
            Optional<String> kind = PluginKind.of(type).map(PluginKind::text);
            Optional<String> name = name(type);
            Optional<String> problem =
                    jar.problem().or(() -> fault(type, kind, name).map(what -> "plugin " + jar.path() + ": " + what));
            return entry(jar, type, kind.orElse(null), name.orElse(null), problem.orElse(null));
        } catch (ClassNotFoundException | LinkageError e) {
            String sentence = "plugin " + jar.path() + ": its index names the class " + extension
                    + ", which cannot be loaded (" + e + "); build the jar again";
            return entry(jar, null, null, null, jar.problem().orElse(sentence));
        }
    }

    private static Optional<String> fault(Class<?> type, Optional<String> kind, Optional<String> name) {
        if (kind.isEmpty()) {
            return Optional.of(type.getName() + " implements none of the plugin interfaces; implement one of "
                    + Arrays.stream(PluginKind.values())
                            .map(known -> known.type().getSimpleName())
                            .toList());
        }
        if (name.isEmpty()) {
            return Optional.of(type.getName() + " has no name to be chosen by; annotate it with @PluginName");
        }
        if (!name.get().matches("[a-z0-9-]+")) {
            return Optional.of(type.getName() + " has the name '" + name.get()
                    + "'; a name has lower-case letters, digits and dashes only");
        }
        if (Modifier.isAbstract(type.getModifiers()) || constructor(type).isEmpty()) {
            return Optional.of(type.getName() + " has no usable constructor; give it one that is annotated with @Inject"
                    + " and takes nothing, or Settings");
        }
        return settingFault(type);
    }

    /** A declaration that no plugin should have: its author's mistake, found without running the plugin. */
    private static Optional<String> settingFault(Class<?> type) {
        Set<String> keys = new HashSet<>();
        for (Setting setting : type.getAnnotationsByType(Setting.class)) {
            String which = type.getName() + " declares the setting '" + setting.key() + "'";
            if (!setting.key().matches("[a-z0-9-]+")) {
                return Optional.of(which + "; a key has lower-case letters, digits and dashes only");
            }
            if (!keys.add(setting.key())) {
                return Optional.of(which + " twice; remove one declaration");
            }
            try {
                if (!setting.required()) {
                    Settings.check(setting, setting.defaultValue());
                }
            } catch (SettingException e) {
                return Optional.of(which + " with a wrong default: " + e.getMessage() + "; " + e.remedy());
            }
        }
        return Optional.empty();
    }

    private static String description(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(PluginName.class))
                .map(PluginName::description)
                .orElse("");
    }

    static Optional<String> name(Class<?> type) {
        return Optional.ofNullable(type.getAnnotation(PluginName.class)).map(PluginName::value);
    }

    /**
     * The constructor by which the class can be made: the one annotated with {@code @Inject}, else the one that takes
     * nothing. The annotation is known by its name, since a plugin may bring its own copy of it.
     */
    static Optional<Constructor<?>> constructor(Class<?> type) {
        List<Constructor<?>> all = List.of(type.getDeclaredConstructors());
        Optional<Constructor<?>> marked = all.stream()
                .filter(one -> Arrays.stream(one.getAnnotations())
                        .anyMatch(annotation ->
                                annotation.annotationType().getName().equals(INJECT)))
                .findFirst();
        return marked.isPresent()
                ? marked.filter(one -> Arrays.stream(one.getParameterTypes()).allMatch(Settings.class::equals))
                : all.stream()
                        .filter(one -> one.getParameterCount() == 0 && !Modifier.isPrivate(one.getModifiers()))
                        .findFirst();
    }

    private static PluginEntry entry(PluginJar jar, Class<?> type, String kind, String name, String problem) {
        return new PluginEntry(
                kind,
                name,
                jar.version().orElse(null),
                jar.pluginId().orElse(null),
                jar.path().toString(),
                jar.sha256(),
                problem == null ? PluginEntry.USABLE : PluginEntry.BROKEN,
                problem,
                type == null ? "" : description(type),
                type == null ? List.of() : SettingEntry.of(type));
    }
}
