# afterwards: skipped
def double(n):
 for _ in range(n):
  for _ in range(n):
   for _ in range(n):
    for _ in range(n):
     for _ in range(n):
      for _ in range(n):
       for _ in range(n):
        for _ in range(n):
         for _ in range(n):
          for _ in range(n):
           for _ in range(n):
            for _ in range(n):
             for _ in range(n):
              for _ in range(n):
               for _ in range(n):
                for _ in range(n):
                 for _ in range(n):
                  for _ in range(n):
                   for _ in range(n):
                    for _ in range(n):
                     for _ in range(n):
                      for _ in range(n):
                       pass
 return 2 * n
