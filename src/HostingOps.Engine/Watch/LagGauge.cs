namespace HostingOps.Engine.Watch;

/// <summary>The worst of the last minute, to some ten seconds.</summary>
internal sealed class LagGauge
{
    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(10);

    private readonly (long Number, TimeSpan Worst)[] slices = new (long, TimeSpan)[7];

    /// <summary>Takes one in.</summary>
    /// <param name="now">Counted from the beginning.</param>
    /// <param name="lag">How late something was.</param>
    public void Note(TimeSpan now, TimeSpan lag)
    {
        var number = now.Ticks / Slice.Ticks;
        ref var slice = ref slices[number % slices.Length];
        slice = slice.Number == number && slice.Worst >= lag ? slice : (number, lag);
    }

    /// <summary>The worst of the minute before now, or of so many of its last slices of ten seconds.</summary>
    public TimeSpan Worst(TimeSpan now, int? last = null)
    {
        var looked = last ?? slices.Length;
        var newest = now.Ticks / Slice.Ticks;
        var worst = TimeSpan.Zero;
        foreach (var (number, lag) in slices)
        {
            worst = newest - number < looked && lag > worst ? lag : worst;
        }

        return worst;
    }
}
