/**
 * Transactions: steps that are staged one after the other and become visible at one instant, or
 * never. See {@code docs/adr/0034-transactions.md}.
 */
@NullMarked
package io.aifs.server.engine.transaction;

import org.jspecify.annotations.NullMarked;
