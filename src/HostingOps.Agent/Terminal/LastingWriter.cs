using System.Text;

namespace HostingOps.Agent.Terminal;

/// <summary>
/// A stream of output that never breaks the work off: when it can't be written (a full disk, a reader or a terminal that has
/// gone), that is remembered, and what follows is dropped.
/// </summary>
internal sealed class LastingWriter(TextWriter inner) : TextWriter
{
    /// <summary>Why the first write that failed did, or null.</summary>
    public string? Failure { get; private set; }

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Try(() => inner.Write(value));

    public override void Write(char[] buffer, int index, int count) => Try(() => inner.Write(buffer, index, count));

    public override void Write(string? value) => Try(() => inner.Write(value));

    public override void WriteLine(string? value) => Try(() => inner.WriteLine(value));

    public override void WriteLine() => Try(inner.WriteLine);

    public override void Flush() => Try(inner.Flush);

    private void Try(Action write)
    {
        if (Failure is not null)
        {
            return;
        }

        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Failure = error.Message;
        }
    }
}
