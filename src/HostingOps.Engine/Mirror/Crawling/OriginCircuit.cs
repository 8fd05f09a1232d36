namespace HostingOps.Engine.Mirror.Crawling;

/// <summary>Notices that a host has begun to fail, so that a site in trouble is left alone. Not safe for several threads.</summary>
internal sealed class OriginCircuit
{
    private const int InARow = 8;
    private const int Window = 40;

    private readonly Queue<bool> last = new();
    private int failures;
    private int row;

    /// <summary>Takes an answer; says whether the host is to be left alone from now on.</summary>
    public bool Saw(bool failed)
    {
        row = failed ? row + 1 : 0;
        failures += failed ? 1 : 0;
        last.Enqueue(failed);
        if (last.Count > Window && last.Dequeue())
        {
            failures--;
        }

        return row >= InARow || failures * 2 >= Window;
    }
}
