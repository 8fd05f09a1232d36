namespace HostingOps.Engine.Ssh;

/// <summary>What ssh's last words mean.</summary>
internal static class SshFailure
{
    /// <summary>The error for a connection that did not come about.</summary>
    public static HostingException From(SshDestination destination, string errors)
    {
        var words = RemoteText.Clean(errors);
        var target = destination.ToString();
        if (words.Contains("Host key verification failed", StringComparison.Ordinal) || words.Contains("REMOTE HOST IDENTIFICATION HAS CHANGED", StringComparison.Ordinal))
        {
            var changed = words.Contains("HAS CHANGED", StringComparison.Ordinal);
            return new HostingException(
                ErrorIds.SshHostKeyRejected,
                HostingErrorCategory.AuthenticationError,
                target,
                changed ? $"The host key of {target} is not the one in known_hosts: another machine answers, or it was installed anew." : $"The host key of {target} is not in known_hosts.",
                changed
                    ? "Find out why before you remove the former key with ssh-keygen -R."
                    : "Compare the key with the one that the machine shows on its console, and add it by connecting once with ssh.");
        }

        if (words.Contains("Permission denied (", StringComparison.Ordinal) || words.Contains("Too many authentication failures", StringComparison.Ordinal))
        {
            return new HostingException(
                ErrorIds.SshConnectionFailed, HostingErrorCategory.AuthenticationError, target, $"{target} does not let us in: {Last(words)}", "Load the key into the ssh agent, or name it in ~/.ssh/config; no password is ever asked for.");
        }

        return new HostingException(
            ErrorIds.SshConnectionFailed,
            HostingErrorCategory.ConnectionError,
            target,
            $"ssh to {target} failed: {(words.Length == 0 ? "it ended without a word" : Last(words))}",
            "Check that ssh to it works by hand.");
    }

    private static string Last(string words) => words.Split('\n')[^1];
}
