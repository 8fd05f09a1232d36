namespace HostingOps.Engine.WebServers;

/// <summary>Whether a file of this machine may be replaced by a generated configuration.</summary>
public static class GeneratedConfigFile
{
    /// <summary>Refuses a file that is not ours to replace: one that somebody else wrote, or that was edited by hand.</summary>
    /// <exception cref="HostingException">FileExists.</exception>
    public static async Task DemandReplaceableAsync(string path, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (Directory.Exists(path))
        {
            throw Failed(path, "It is a folder; a file was expected.", null);
        }

        if (!File.Exists(path))
        {
            return;
        }

        var origin = ConfigChecksum.Judge(await ReadAsync(path, cancellationToken).ConfigureAwait(false));
        if (origin != ConfigOrigin.Generated)
        {
            throw new HostingException(
                ErrorIds.FileExists,
                HostingErrorCategory.ResourceUnavailable,
                path,
                $"The file '{path}' exists, and {(origin == ConfigOrigin.Edited ? "was edited since HostingOps wrote it" : "HostingOps did not write it")}.",
                "Choose another -Path, or overwrite the file with -Force.");
        }
    }

    private static async Task<string> ReadAsync(string path, CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, error.Message, error);
        }
    }

    private static HostingException Failed(string path, string reason, Exception? inner) => new(
        ErrorIds.FileWriteFailed,
        HostingErrorCategory.ResourceUnavailable,
        path,
        $"The file could not be written to '{path}': {reason}",
        "Check that the folder exists, that you may write there, and that the disk has room.",
        inner);
}
