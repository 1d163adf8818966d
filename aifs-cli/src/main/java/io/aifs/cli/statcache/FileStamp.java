package io.aifs.cli.statcache;

/**
 * What the file system says of a file that tells one state of it from another. Nobody can set the
 * ctime: it moves with every change of content, mode, links or mtime, also when the mtime is then
 * set back.
 *
 * @param size bytes
 * @param mtimeNanos last change of the content, nanoseconds since the epoch; users can set it
 * @param ctimeNanos last change of anything, nanoseconds since the epoch
 * @param inode number of the file on its device
 * @param device number of the file system
 */
public record FileStamp(long size, long mtimeNanos, long ctimeNanos, long inode, long device) {}
