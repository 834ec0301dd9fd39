package org.reassign.core.plugin;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Path;
import org.pf4j.JarPluginLoader;
import org.pf4j.PluginClassLoader;
import org.pf4j.PluginDescriptor;
import org.pf4j.PluginManager;

/**
 * The classes and resources of a plugin's jar. Resources are read past Java's cache of open jars: what a loader has opened
 * through that cache is closed with it, also under another loader of the same jar that is reading.
 */
final class JarClasses extends PluginClassLoader {
    private JarClasses(PluginManager manager, PluginDescriptor descriptor) {
        super(manager, descriptor, JarClasses.class.getClassLoader());
    }

    @Override
    public InputStream getResourceAsStream(String name) {
        URL found = getResource(name);
        if (found == null) {
            return null;
        }
        try {
            URLConnection connection = found.openConnection();
            connection.setUseCaches(false);
            return connection.getInputStream();
        } catch (IOException e) {
            return null; // as every class loader does
        }
    }

    /** Makes one for each jar. */
    static final class Loader extends JarPluginLoader {
        Loader(PluginManager manager) {
            super(manager);
        }

        @Override
        public ClassLoader loadPlugin(Path jar, PluginDescriptor descriptor) {
            JarClasses classes = new JarClasses(pluginManager, descriptor);
            classes.addFile(jar.toFile());
            return classes;
        }
    }
}
