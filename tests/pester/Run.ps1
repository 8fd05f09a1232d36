<#
.SYNOPSIS
    Runs the Pester suite on the module under test; with -ResultPath it writes one line of JSON per test.
.DESCRIPTION
    The module is what $env:HOSTINGOPS_MODULE names, or what the last build assembled under out/HostingOps.
.EXAMPLE
    ./Run.ps1 -Path ./Sandbox.Tests.ps1
    One file, on the last build.
#>
[CmdletBinding()]
param(
    [string[]] $Path = $PSScriptRoot,
    [string] $ResultPath
)

$ErrorActionPreference = 'Stop'
Import-Module Pester -MinimumVersion 5.5

function Get-TestName($Test) {
    $names = @($Test.ExpandedName)
    for ($block = $Test.Block; $block -and -not $block.IsRoot; $block = $block.Parent) {
        $names = @($block.ExpandedName) + $names
    }
    ($names | ForEach-Object { $_.TrimEnd(':') }) -join ': '
}

function Get-Message($Item) {
    $texts = foreach ($record in $Item.ErrorRecord) {
        if ($record.FullyQualifiedErrorId -like 'PesterTest*') {
            $record.Exception.Message   # a skip and its reason
        }
        else {
            $record.Exception.Message
            $record.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -notmatch 'Pester\.psm?1: ' }
        }
    }
    $texts -join "`n"
}

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'Detailed'
if ($ResultPath) {
    $configuration.Output.RenderMode = 'Plaintext'
}
$run = Invoke-Pester -Configuration $configuration
# Pester calls a file without a test passed.
$empty = @($run.Containers | Where-Object { $_.TotalCount -eq 0 } | ForEach-Object { "$($_.Item)" })
foreach ($file in $empty) {
    "No test was found in $file."
}
if ($ResultPath) {
    $tests = foreach ($test in $run.Tests) {
        [pscustomobject]@{ Name = Get-TestName $test; Result = $test.Result; Message = Get-Message $test; Seconds = $test.Duration.TotalSeconds }
    }
    # A file or a block that fails outside a test would otherwise pass unseen.
    $outside = @(
        foreach ($block in $run.FailedBlocks) {
            [pscustomobject]@{ Name = "$($block.ExpandedPath): outside its tests"; Result = 'Failed'; Message = Get-Message $block; Seconds = 0 }
        }
        foreach ($container in $run.FailedContainers) {
            [pscustomobject]@{ Name = 'outside its tests'; Result = 'Failed'; Message = Get-Message $container; Seconds = 0 }
        }
    )
    @($tests) + $outside | Where-Object { $_ } | ForEach-Object { $_ | ConvertTo-Json -Compress } | Set-Content $ResultPath
}

exit ($run.Result -eq 'Passed' -and -not $empty -and $run.TotalCount -gt 0 ? 0 : 1)
