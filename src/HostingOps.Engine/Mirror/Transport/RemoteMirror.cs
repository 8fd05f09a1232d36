using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Mirror.Transport;

/// <summary>What is on the secondary host.</summary>
/// <param name="Current">The generation that is current there, or null.</param>
/// <param name="Loaded">The generation that the server there was last told to load with success, or null.</param>
/// <param name="Manifest">SHA-256 of its manifest, when it is the one that is to be sent.</param>
/// <param name="Resumed">Whether a part of what is to be sent is there already.</param>
internal sealed record RemoteMirror(string? Current, string? Loaded, string? Manifest, bool Resumed)
{
    /// <summary>The script's words for what stopped it, as an error.</summary>
    public static HostingException Failure(HostedSite site, string why)
    {
        var (category, message, action) = why.Split(' ', 2) switch
        {
            ["program", var program] => (HostingErrorCategory.ObjectNotFound, $"there is no '{program}'", $"Install '{program}' there."),
            ["unwritable", var folder] => (HostingErrorCategory.ResourceUnavailable, $"the account may not write to '{folder}'", "Make the folder there, and give it to the account."),
            ["busy"] => (HostingErrorCategory.ResourceUnavailable, "another sending of this site's mirror is under way", "Try again later."),
            _ => (HostingErrorCategory.ExternalProgramFailed, $"the script ended with '{why}'", "Try again."),
        };
        return new HostingException(
            ErrorIds.MirrorTransportFailed, category, site.Name, $"On {site.Secondary.Ssh}, {RemoteText.Clean(message)}. What is current there was not touched.", action);
    }
}
