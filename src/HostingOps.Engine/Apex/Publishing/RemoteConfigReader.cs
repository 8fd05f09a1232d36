using System.Security.Cryptography;
using System.Text;
using HostingOps.Engine.Ssh;

namespace HostingOps.Engine.Apex.Publishing;

/// <summary>Reads the redirector's configuration over ssh.</summary>
internal sealed class RemoteConfigReader(SshClient ssh, SshDestination destination, ApexSettings settings, ApexPublishOptions options)
{
    /// <summary>Reads once.</summary>
    /// <exception cref="HostingException">SshConnectionFailed, SshHostKeyRejected, ApexPublishFailed: it can't be read.</exception>
    public async Task<RemoteConfig> ReadAsync(string path, CancellationToken cancellationToken)
    {
        var mark = NewMark();
        var session = ssh.Start(PublishScript.Read(mark, path, settings), cancellationToken);
        await using (session.ConfigureAwait(false))
        {
            var read = new RemoteConfig(path, null, null, Busy: false);
            StringBuilder? content = null;
            while (await session.ReadLineAsync(options.StepTimeout).ConfigureAwait(false) is { } line)
            {
                if (!line.StartsWith(mark + " ", StringComparison.Ordinal))
                {
                    content?.Append(line);
                    continue;
                }

                switch (line[(mark.Length + 1)..].Split(' ', 2))
                {
                    case ["lock", var state]:
                        read = read with { Busy = state == "held" };
                        break;
                    case ["real", var real]:
                        read = read with { Path = real };
                        break;
                    case ["file" or "undo", "begin"]:
                        content = new StringBuilder();
                        break;
                    case ["file", "end"] when content is not null:
                        read = read with { File = Bytes(content) };
                        content = null;
                        break;
                    case ["undo", "end"] when content is not null:
                        read = read with { Undo = Bytes(content) };
                        content = null;
                        break;
                    case ["fail", var why]:
                        throw RemoteFailure.BeforeBeginning(destination, path, why);
                    case ["done"]:
                        return read;
                }
            }

            throw await session.FailureAsync().ConfigureAwait(false);
        }
    }

    /// <summary>What begins the lines of one session.</summary>
    public static string NewMark() => "@" + Convert.ToHexString(RandomNumberGenerator.GetBytes(16)).ToLowerInvariant();

    private byte[] Bytes(StringBuilder base64)
    {
        try
        {
            return Convert.FromBase64String(base64.ToString());
        }
        catch (FormatException)
        {
            throw new HostingException(
                ErrorIds.ApexPublishFailed, HostingErrorCategory.ProtocolError, destination.ToString(), $"What {destination} sent for its configuration is no base64.", "Check that the account's shell prints nothing of its own.");
        }
    }
}
