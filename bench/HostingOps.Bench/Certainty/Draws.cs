namespace HostingOps.Bench.Certainty;

/// <summary>
/// Random draws that depend on nothing but a key and a number, so that whoever looks along the same path at the same moment sees
/// the same, in whatever order the rules run.
/// </summary>
internal readonly struct Draws(ulong key)
{
    /// <summary>The draws of a part of this.</summary>
    public Draws Of(ulong part) => new(Mixed(key ^ Mixed(part + 0x9E3779B97F4A7C15)));

    /// <summary>The draws of one look: who looks, at what, when, and for which time if it looks again at the same moment.</summary>
    public Draws OfLook(int vantage, int site, bool standby, double at, int turn)
    {
        var where = ((ulong)(uint)vantage << 40) ^ ((ulong)(uint)site << 8) ^ (standby ? 1ul : 0ul) ^ ((ulong)(uint)turn << 52);
        return new Draws(Mixed(key ^ Mixed(where) ^ Mixed(BitConverter.DoubleToUInt64Bits(at))));
    }

    /// <summary>Uniform in (0, 1).</summary>
    public double Unit(int number) => ((Mixed(key + ((ulong)(uint)number * 0x9E3779B97F4A7C15)) >> 11) + 0.5) / (1ul << 53);

    // The finalizer of SplitMix64 (Steele, Lea, Flood 2014).
    private static ulong Mixed(ulong z)
    {
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }
}
