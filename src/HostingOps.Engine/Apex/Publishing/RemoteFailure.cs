using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Apex.Publishing;

/// <summary>The scripts' words for what stopped them, as errors.</summary>
internal static class RemoteFailure
{
    /// <summary>What stopped a script before it touched anything.</summary>
    public static HostingException BeforeBeginning(SshDestination destination, string path, string why)
    {
        var (category, message, action) = why.Split(' ', 2) switch
        {
            ["folder", var dir] => (HostingErrorCategory.ObjectNotFound, $"there is no folder '{dir}' that the account may read", "Correct apex.configPath, or make the folder."),
            ["isfolder", var dir] => (HostingErrorCategory.InvalidArgument, $"'{dir}' is a folder; a file was expected", "Correct apex.configPath."),
            ["link", var link] => (HostingErrorCategory.ObjectNotFound, $"'{link}' is a link that leads nowhere", "Correct apex.configPath, or mend the link."),
            ["unreadable", var file] => (
                HostingErrorCategory.ResourceUnavailable,
                $"the account may not read '{file}'",
                "Let the account read it, or let it use sudo without a password; sudo is used when the account may not write to the folder and apex.reload begins with it."),
            ["unwritable", var dir] => (
                HostingErrorCategory.ResourceUnavailable,
                $"the account may not write to '{dir}'",
                "Let the account write there, or let it use sudo without a password; sudo is used when apex.reload begins with it."),
            ["program", var program] => (HostingErrorCategory.ObjectNotFound, $"there is no '{program}'", $"Install '{program}' there."),
            ["large", var file] => (HostingErrorCategory.LimitsExceeded, $"'{file}' is over 16 MiB, which no configuration of ours is", "Look what it is."),
            _ => (HostingErrorCategory.ExternalProgramFailed, $"the script ended with '{RemoteText.Clean(why)}'", "Try again."),
        };
        return new HostingException(
            ErrorIds.ApexPublishFailed, category, destination.ToString(), $"On {destination}, for '{path}': {RemoteText.Clean(message)}. Nothing was changed.", action);
    }
}
