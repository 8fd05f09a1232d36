namespace HostingOps.Engine.Mirror.Generations;

/// <summary>The errors of the mirrors' folder.</summary>
internal static class MirrorErrors
{
    /// <summary>Another process saves the same mirror.</summary>
    public static HostingException Busy(MirrorFolder folder, Exception? cause) => new(
        ErrorIds.MirrorBusy,
        HostingErrorCategory.Conflict,
        folder.SiteName,
        $"Another process works on the mirror of '{folder.SiteName}' in '{folder.Root}'; nothing was changed.",
        "Wait for it; a run that died holds nothing.",
        cause);

    /// <summary>The disk, or what lies there, is in the way.</summary>
    public static HostingException Store(string path, string what, Exception? cause = null) => new(
        ErrorIds.MirrorStoreFailed,
        HostingErrorCategory.ResourceUnavailable,
        path,
        $"The mirror in '{path}' can't be kept: {what.TrimEnd('.')}. The current generation is what it was.",
        "Check that the disk has room and that you may write there; the next run goes on where this one stopped.",
        cause);
}
