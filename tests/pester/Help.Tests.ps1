# What Get-Help shows against what the cmdlets are; Module.Tests.ps1 has the pages' own tests.
BeforeDiscovery {
    Import-Module (& (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')) -Force
    $commands = Get-Command -Module HostingOps | ForEach-Object { @{ Command = $_.Name } }
}

BeforeAll {
    $modulePath = & (Join-Path $PSScriptRoot 'Get-TestedModule.ps1')
    Import-Module $modulePath -Force

    function Get-OwnParameter([string] $Command) {
        $common = [System.Management.Automation.PSCmdlet]::CommonParameters
        (Get-Command $Command).Parameters.Values | Where-Object { $_.Name -notin $common }
    }
}

Describe 'Get-Help <Command> -Full' -ForEach $commands {
    BeforeAll {
        $help = Get-Help $Command -Full
        $text = $help | Out-String -Width 300
        $told = @{}
        foreach ($one in $help.Parameters.Parameter) {
            $told[$one.Name] = $one
        }
    }

    It 'describes every parameter' {
        foreach ($parameter in Get-OwnParameter $Command) {
            ($told[$parameter.Name].Description.Text -join '').Length | Should -BeGreaterThan 4 -Because $parameter.Name
        }
        $told.Keys | Where-Object { $_ -notin (Get-OwnParameter $Command).Name } | Should -BeNullOrEmpty
    }

    It 'tells the aliases of every parameter' {
        foreach ($parameter in Get-OwnParameter $Command) {
            $real = ($parameter.Aliases | Sort-Object) -join ', '
            (($told[$parameter.Name].Aliases -split ', ' | Sort-Object) -join ', ') | Should -BeExactly ($real ? $real : 'None') -Because $parameter.Name
        }
        $text | Should -Match '(?m)^ +Aliases +\S'
        $text | Should -Not -Match '(?m)^ +Aliases *\r?$'
    }

    It 'tells the default of every parameter' {
        $cmdlet = (Get-Command $Command).ImplementingType::new()
        foreach ($parameter in Get-OwnParameter $Command) {
            $shown = $told[$parameter.Name].DefaultValue
            $shown | Should -Not -BeNullOrEmpty -Because $parameter.Name
            if ($parameter.ParameterType -eq [switch]) {
                $shown | Should -Be 'False' -Because $parameter.Name
            }
            elseif ($parameter.ParameterSets.Values.IsMandatory -notcontains $false) {
                $shown | Should -Be 'None' -Because $parameter.Name
            }
            else {
                # A number or a choice that the cmdlet begins with is what it says; what it finds out later is in words.
                $initial = $cmdlet.$($parameter.Name)
                if ($initial -is [int] -or $initial -is [enum]) {
                    $shown | Should -Be "$initial" -Because $parameter.Name
                }
            }
        }
        $text | Should -Not -Match '(?m)^ +Default value *\r?$'
    }

    It 'tells the values that a parameter accepts' {
        foreach ($parameter in Get-OwnParameter $Command) {
            $words = $told[$parameter.Name].Description.Text -join ' '
            $type = $parameter.ParameterType.IsArray ? $parameter.ParameterType.GetElementType() : $parameter.ParameterType
            $type = [Nullable]::GetUnderlyingType($type) ?? $type
            $set = $parameter.Attributes | Where-Object { $_ -is [ValidateSet] }
            $range = $parameter.Attributes | Where-Object { $_ -is [ValidateRange] -and $_.MaxRange -lt [int]::MaxValue }
            $accepted = @(if ($set) { $set.ValidValues } elseif ($type.IsEnum) { [enum]::GetNames($type) })
            foreach ($value in $accepted + @($range.MinRange, $range.MaxRange | Where-Object { $null -ne $_ })) {
                $words | Should -Match "\b$value\b" -Because "$($parameter.Name) accepts it"
            }
        }
    }

    It 'tells what can be piped in' {
        $inputs = $help.InputTypes.InputType
        @($inputs).Count | Should -BeGreaterThan 0
        $words = ($inputs | ForEach-Object { $_.Type.Name; $_.Description.Text }) -join ' '
        $piped = Get-OwnParameter $Command | Where-Object { $_.ParameterSets.Values.ValueFromPipeline -contains $true -or $_.ParameterSets.Values.ValueFromPipelineByPropertyName -contains $true }
        foreach ($parameter in $piped) {
            foreach ($name in @($parameter.Name) + $parameter.Aliases) {
                if ($parameter.ParameterSets.Values.ValueFromPipelineByPropertyName -contains $true) {
                    $words | Should -Match "property of one of these names:.*\b$name\b"
                }
            }
            if ($parameter.ParameterSets.Values.ValueFromPipeline -contains $true) {
                $words | Should -Match "\bvalue of -$($parameter.Name)\b"
            }
        }
        if (-not $piped) {
            $words | Should -Match '^None'
        }
        $text | Should -Match '(?m)^INPUTS\r?\n +\S'
    }

    It 'tells what comes out: the types of OutputType, or none' {
        $returned = $help.ReturnValues.ReturnValue.Type.Name -join ' '
        $types = (Get-Command $Command).OutputType.Name | Where-Object { $_ -ne 'System.Void' }
        foreach ($type in $types) {
            $returned | Should -Match ([regex]::Escape($type))
        }
        if (-not $types) {
            $returned | Should -Match '^None'
        }
        $text | Should -Match '(?m)^OUTPUTS\r?\n +\S'
    }

    It 'shows its examples, each with its code and what it does' {
        @($help.Examples.Example).Count | Should -BeGreaterOrEqual 2
        $help.Examples.Example.Code -join "`n" | Should -Match ([regex]::Escape($Command))
        foreach ($example in $help.Examples.Example) {
            ($example.Remarks.Text -join '').Trim() | Should -Not -BeNullOrEmpty
            $text.Contains($example.Code.Split("`n")[0].Trim()) | Should -BeTrue
        }
    }

    It 'has no markdown left in it' {
        $text | Should -Not -Match '`|\]\(|\*\*'
    }
}

Describe 'The topic about_HostingOps' {
    BeforeAll {
        $file = Join-Path $modulePath 'en-US/about_HostingOps.help.txt'
        $topic = Get-Content $file -Raw
    }

    It 'is what Get-Help finds' {
        $shown = & ([Environment]::ProcessPath) -NoProfile -NonInteractive -Command "Import-Module '$modulePath'; Get-Help about_HostingOps | Out-String -Width 200"
        ($shown -join "`n") | Should -Match 'Plan, confirm, apply, verify, journal'
    }

    It 'names no cmdlet and no parameter that is not there' {
        $own = (Get-Command -Module HostingOps).Name
        $named = [regex]::Matches($topic, '\b[A-Z][a-z]+-[A-Z]\w+').Value | Sort-Object -Unique | Where-Object { $_ -notin 'Get-Help', 'Get-Command', 'Where-Object' }
        $named | Where-Object { $_ -notin $own } | Should -BeNullOrEmpty
        $parameters = (Get-Command -Module HostingOps).Parameters.Keys
        [regex]::Matches($topic, '(?<=[\s])-([A-Z]\w+)').ForEach({ $_.Groups[1].Value }) | Sort-Object -Unique | Where-Object { $_ -notin $parameters -and $_ -notin 'Module', 'Full' } | Should -BeNullOrEmpty
    }

    It 'fits a window and stays short' {
        $lines = Get-Content $file
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
        $lines.Count | Should -BeLessThan 100
    }
}
