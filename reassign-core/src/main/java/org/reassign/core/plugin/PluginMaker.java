package org.reassign.core.plugin;

import java.lang.reflect.Constructor;
import java.util.Map;
import org.reassign.api.spi.SettingException;
import org.reassign.api.spi.Settings;

/** Makes a plugin from its class: the boundary to a vendor's code, where whatever it throws becomes a sentence. */
final class PluginMaker {
    private PluginMaker() {}

    /**
     * Makes it.
     *
     * @param set what the user has set for it, key to text
     * @throws ChoiceException where a setting is wrong: the user's mistake
     * @throws PluginFault where it cannot be made
     */
    static <T> T make(Class<? extends T> type, PluginEntry entry, Map<String, String> set) {
        try {
            return type.cast(made(type, Settings.of(type, set)));
        } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
            Throwable thrown = deepest(e);
            if (thrown instanceof SettingException mistake) {
                throw new ChoiceException(
                        "setting " + entry.name() + "." + oneLine(mistake.getMessage()) + "; "
                                + oneLine(mistake.remedy()),
                        mistake);
            }
            throw new PluginFault(
                    "plugin " + entry.jar() + ": the " + entry.kind() + " '" + entry.name() + "' cannot be made ("
                            + oneLine(thrown.toString()) + "); fix it or choose another",
                    e);
        }
    }

    private static Object made(Class<?> type, Settings settings) throws ReflectiveOperationException {
        Constructor<?> constructor = Probe.constructor(type)
                .orElseThrow(() -> new NoSuchMethodException(type.getName() + " has no usable constructor"));
        constructor.setAccessible(true);
        return constructor.getParameterCount() == 0 ? constructor.newInstance() : constructor.newInstance(settings);
    }

    /** The setting that a plugin refuses, however it has wrapped it, or else the cause of all. */
    private static Throwable deepest(Throwable e) {
        Throwable deepest = e;
        while (deepest.getCause() != null && !(deepest instanceof SettingException)) {
            deepest = deepest.getCause();
        }
        return deepest;
    }

    private static String oneLine(String text) {
        return String.valueOf(text).replaceAll("\\s+", " ").strip();
    }
}
