package io.aifs.server.engine;

/**
 * How the whole store is checked.
 *
 * @param readData also open and digest every record, and read every asset back
 * @param repair also do what findings name as a fix
 */
public record CheckOptions(boolean readData, boolean repair) {}
