package org.reassign.cli;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import javax.tools.ToolProvider;

/** A vendor's plugin with one class, compiled and packed by the test. */
final class PluginJar {
    private PluginJar() {}

    /**
     * Writes the jar.
     *
     * @param name the plugin's id
     * @param type the class, in no package
     * @param code its source
     */
    static void write(Path folder, String name, String type, String code) throws IOException {
        Path work = Files.createDirectories(folder.resolveSibling(name + "-work"));
        Path source = Files.writeString(work.resolve(type + ".java"), code);
        int failures = ToolProvider.getSystemJavaCompiler()
                .run(
                        null,
                        null,
                        null,
                        "-proc:none",
                        "-d",
                        work.toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        source.toString());
        if (failures > 0) {
            throw new AssertionError("the plugin " + name + " does not compile");
        }
        Manifest manifest = new Manifest();
        manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
        Map.of("Plugin-Id", name, "Plugin-Version", "1.0.0", "Plugin-Requires", ">=1.0.0 & <2.0.0")
                .forEach(manifest.getMainAttributes()::putValue);
        Files.createDirectories(folder);
        try (OutputStream file = Files.newOutputStream(folder.resolve(name + ".jar"));
                JarOutputStream jar = new JarOutputStream(file, manifest)) {
            put(jar, "META-INF/extensions.idx", (type + "\n").getBytes(StandardCharsets.UTF_8));
            put(jar, type + ".class", Files.readAllBytes(work.resolve(type + ".class")));
        }
    }

    private static void put(JarOutputStream jar, String name, byte[] content) throws IOException {
        jar.putNextEntry(new JarEntry(name));
        jar.write(content);
        jar.closeEntry();
    }
}
