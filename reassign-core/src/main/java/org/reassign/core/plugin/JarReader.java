package org.reassign.core.plugin;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.pf4j.DefaultVersionManager;
import org.pf4j.PluginDependency;

/** Looks into plugin jars before PF4J does, which would pass over most faults in silence. */
final class JarReader {
    /** The version of the interfaces that plugins are built against, without a qualifier. */
    static final String API_VERSION = "1.0.0";

    private static final String INDEX = "META-INF/extensions.idx";
    private static final String API_CLASSES = "org/reassign/api/";

    private JarReader() {}

    static PluginJar read(Path path) {
        PluginJar unread = new PluginJar(
                path, sha256(path), Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());
        try (JarFile jar = new JarFile(path.toFile())) {
            return read(unread, jar);
        } catch (IOException | SecurityException e) {
            return unread.broken("is no jar (" + e.getMessage() + "); put the jar that the plugin's build makes there");
        }
    }

    private static PluginJar read(PluginJar unread, JarFile jar) throws IOException {
        Manifest manifest = Optional.ofNullable(jar.getManifest()).orElseGet(Manifest::new);
        Attributes attributes = manifest.getMainAttributes();
        Optional<String> id = attribute(attributes, "Plugin-Id");
        Optional<String> version = attribute(attributes, "Plugin-Version");
        List<PluginDependency> dependencies = new ArrayList<>();
        attribute(attributes, "Plugin-Dependencies").ifPresent(list -> {
            for (String dependency : list.split(",")) {
                dependencies.add(new PluginDependency(dependency.strip()));
            }
        });
        List<String> extensions = index(jar);
        PluginJar read =
                new PluginJar(unread.path(), unread.sha256(), id, version, dependencies, extensions, Optional.empty());
        if (id.isEmpty()) {
            return read.broken("has no Plugin-Id in its manifest; add Plugin-Id and Plugin-Version");
        }
        if (version.isEmpty()) {
            return read.broken("has no Plugin-Version in its manifest; add one such as 1.0.0");
        }
        if (jar.stream().anyMatch(entry -> entry.getName().startsWith(API_CLASSES))) {
            return read.broken("brings its own copy of reassign-api; give that dependency the scope provided");
        }
        if (extensions.isEmpty()) {
            return read.broken("has no " + INDEX + ", so nothing in it is found; build it with PF4J as an annotation"
                    + " processor and annotate the plugin with @Extension");
        }
        return attribute(attributes, "Plugin-Requires")
                .flatMap(JarReader::unmet)
                .map(read::broken)
                .orElse(read);
    }

    private static Optional<String> unmet(String requires) {
        try {
            return new DefaultVersionManager().checkVersionConstraint(API_VERSION, requires)
                    ? Optional.empty()
                    : Optional.of("requires version " + requires + " of reassign-api, but this is " + API_VERSION
                            + "; take the plugin's version for this one");
        } catch (RuntimeException e) { // the expression's parser throws several kinds
            return Optional.of("has the Plugin-Requires '" + requires
                    + "', which is no range of versions; write one such as >=1.0.0 & <2.0.0");
        }
    }

    private static Optional<String> attribute(Attributes attributes, String name) {
        return Optional.ofNullable(attributes.getValue(name)).map(String::strip).filter(text -> !text.isEmpty());
    }

    private static List<String> index(JarFile jar) throws IOException {
        ZipEntry entry = jar.getEntry(INDEX);
        if (entry == null) {
            return List.of();
        }
        String text = new String(jar.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        return text.lines()
                .map(line -> line.replaceAll("#.*", "").strip())
                .filter(line -> !line.isEmpty())
                .distinct()
                .toList();
    }

    private static String sha256(Path path) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            return HexFormat.of().formatHex(digest.digest(Files.readAllBytes(path)));
        } catch (IOException e) {
            throw new ChoiceException(path + " cannot be read; name a jar or a folder of jars that can be", e);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
