package org.reassign.core.plugin;

import java.io.IOException;
import java.io.OutputStream;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import javax.tools.ToolProvider;

/** Compiles drop policies from a few words and puts them into a plugin's jar. */
final class JarBuilder {
    private final Path folder;
    private final String id;
    private final Map<String, String> manifest = new LinkedHashMap<>();
    private final Map<String, String> sources = new LinkedHashMap<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();
    private boolean index = true;

    JarBuilder(Path folder, String id) {
        this.folder = folder;
        this.id = id;
        manifest.put("Plugin-Id", id);
        manifest.put("Plugin-Version", "1.2.3");
        manifest.put("Plugin-Requires", ">=1.0.0 & <2.0.0");
    }

    /** Adds a drop policy with these members; the class is called like the plugin. */
    JarBuilder policy(String name, String type, String members) {
        return policy(name, type, "", members);
    }

    /** Adds a drop policy with these annotations and members. */
    JarBuilder policy(String name, String type, String annotations, String members) {
        return source(type, """
                import org.reassign.api.spi.Setting;
                import org.reassign.api.spi.Settings;
                %s
                @org.pf4j.Extension @org.reassign.api.spi.PluginName("%s")
                class %s implements org.reassign.api.spi.DropPolicy {
                  %s
                  public org.reassign.api.model.Replicas droppable(org.reassign.api.spi.DropContext context) {
                    return org.reassign.api.model.Replicas.NONE;
                  }
                }
                """.formatted(annotations, name, type, members));
    }

    JarBuilder source(String type, String text) {
        sources.put(type, text);
        return this;
    }

    JarBuilder manifest(String key, String value) {
        manifest.put(key, value);
        return this;
    }

    JarBuilder file(String path, byte[] content) {
        files.put(path, content);
        return this;
    }

    JarBuilder withoutIndex() {
        index = false;
        return this;
    }

    JarBuilder without(String key) {
        manifest.remove(key);
        return this;
    }

    /** Writes the jar, called like its id. */
    Path build() throws IOException {
        Path classes = compile();
        Manifest written = new Manifest();
        written.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        manifest.forEach((key, value) -> written.getMainAttributes().putValue(key, value));
        if (index) {
            files.put(
                    "META-INF/extensions.idx",
                    String.join("\n", sources.keySet()).getBytes(StandardCharsets.UTF_8));
        }
        try (Stream<Path> compiled = Files.walk(classes)) {
            for (Path file : compiled.filter(Files::isRegularFile).toList()) {
                files.put(classes.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        Path jar = folder.resolve(id + ".jar");
        try (OutputStream out = Files.newOutputStream(jar);
                JarOutputStream zip = new JarOutputStream(out, written)) {
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                zip.putNextEntry(new JarEntry(file.getKey()));
                zip.write(file.getValue());
                zip.closeEntry();
            }
        }
        return jar;
    }

    private Path compile() throws IOException {
        Path work = Files.createTempDirectory(folder, id);
        List<String> arguments = new ArrayList<>(Arrays.asList(
                "-proc:none", "-d", work.resolve("classes").toString(), "-cp", System.getProperty("java.class.path")));
        for (Map.Entry<String, String> source : sources.entrySet()) {
            Path file = work.resolve(source.getKey() + ".java");
            Files.writeString(file, source.getValue());
            arguments.add(file.toString());
        }
        Files.createDirectory(work.resolve("classes"));
        if (!sources.isEmpty()) {
            StringWriter messages = new StringWriter();
            var compiler = ToolProvider.getSystemJavaCompiler();
            try (var manager = compiler.getStandardFileManager(null, null, null)) {
                boolean done = compiler.getTask(
                                messages,
                                manager,
                                null,
                                arguments.subList(0, 5),
                                null,
                                manager.getJavaFileObjectsFromStrings(arguments.subList(5, arguments.size())))
                        .call();
                if (!done) {
                    throw new AssertionError(messages.toString());
                }
            }
        }
        return work.resolve("classes");
    }
}
